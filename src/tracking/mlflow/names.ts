const LONGEST_NAME = 250;

/** A name of a metric, param or tag as every MLflow server takes it: letters, digits, `_-. /`, and no path that leads elsewhere. */
export function mlflowName(name: string): string {
  const parts = name
    .replaceAll(/[^\p{L}\p{N}_/.\- ]/gu, '_')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (/^\.+$/.test(part) ? '_'.repeat(part.length) : part));
  return cut(parts.join('/'), LONGEST_NAME).replace(/\/+$/, '') || '_';
}

/** Text of at most so many characters; what is cut says so by its end. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${cut(text, length - 1)}…`;
}

/** Never through the middle of a surrogate pair. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
