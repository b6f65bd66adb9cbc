/** Whether a stream takes colours: a terminal that is not dumb, unless NO_COLOR or FORCE_COLOR says otherwise. */
export function useColor(stream: { isTTY?: boolean | undefined }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && TERM !== 'dumb';
}
