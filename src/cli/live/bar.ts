/** A bar of `cells`: `━━━━╸────`. Without a share, a short piece wanders to show that something moves. */
export function progressBar(
  share: number | null,
  cells: number,
  now: number,
): { done: string; left: string; before: string } {
  if (cells <= 0) return { before: '', done: '', left: '' };
  if (share === null) {
    const piece = Math.max(1, Math.floor(cells / 6));
    const at = Math.floor(now / 250) % Math.max(1, cells - piece + 1);
    return { before: '─'.repeat(at), done: '━'.repeat(piece), left: '─'.repeat(cells - piece - at) };
  }
  const halves = Math.round(Math.min(1, Math.max(0, share)) * cells * 2);
  const whole = halves >> 1;
  const done = '━'.repeat(whole) + (halves % 2 === 1 ? '╸' : '');
  return { before: '', done, left: '─'.repeat(cells - done.length) };
}
