/** Offsets of line ends in a text; a line end is `\n` or `\r\n`, and a byte order mark is no part of the first line. */

const BOM = '\uFEFF';

/** The first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith(BOM) ? 1 : start;
}

/** Where the line that holds `offset` ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > 0 && text[end - 1] === '\r' && end - 1 >= offset ? end - 1 : end;
}

/** The start of the line after the one that holds `offset`; the text's length on the last line. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** 1-based line of `offset`. */
export function lineNumber(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The line break in use around `offset`: that of its own line, else that of the line before, else `\n`. */
export function lineBreak(text: string, offset: number): '\n' | '\r\n' {
  let at = text.indexOf('\n', offset);
  if (at === -1) at = text.lastIndexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Column of `offset`, counted from 0. */
export function column(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
