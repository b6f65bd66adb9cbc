/* oxlint-disable no-control-regex -- control characters are what this file is about */

/** Terminal escape sequences: CSI, OSC (ended by BEL or ST), and two-character ones. */
const ESCAPES =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_a-z])|\u009B[0-?]*[ -/]*[@-~]/gu;
/** Characters that move, hide or reorder text: C0, C1, bidirectional controls, line separators, zero-width ones. */
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u00AD\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/gu;

/** One line of foreign text that is safe to print: no escapes, no controls, at most `max` characters. */
export function toPlain(text: string, max = 400): string {
  // A cap before the work: a hostile value may be megabytes long.
  const head = text.length > max * 8 ? text.slice(0, max * 8) : text;
  const line = head
    .replace(ESCAPES, '')
    .replace(CONTROLS, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();
  const letters = Array.from(line);
  return letters.length > max || head.length < text.length ? letters.slice(0, max - 1).join('') + '…' : line;
}
