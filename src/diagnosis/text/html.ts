/**
 * Rewrites the HTML that people put into Markdown (`<br>`, `<details>`, `<table>`, comments, entities) as plain Markdown,
 * so that the rest of the room knows one syntax only. Works line by line; one line may become several.
 */
export interface HtmlState {
  inComment: boolean;
  /** Inside `<script>` or `<style>`: its name. */
  hidden: string | null;
  row: string[] | null;
  rowsOut: number;
  inPre: boolean;
  /** Source line being read, set by the caller. */
  line: number;
  /** Source line that the row being read, and the last one written, started on. */
  rowLine: number;
  lastRowLine: number;
}

export function startHtml(): HtmlState {
  return {
    inComment: false,
    hidden: null,
    row: null,
    rowsOut: 0,
    inPre: false,
    line: 1,
    rowLine: 1,
    lastRowLine: 1,
  };
}

const TAG = /<(\/?)([a-z][a-z0-9]{0,12})(?:\s[^<>]{0,300})?\/?>/giu;
const ENTITY = /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,6}));/giu;
const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  nbsp: ' ',
  quot: '"',
  apos: "'",
  rarr: '→',
  times: '×',
  minus: '-',
  ndash: '–',
  mdash: '—',
  le: '≤',
  ge: '≥',
  plusmn: '±',
  deg: '°',
  middot: '·',
};

/** A forced line break inside a leaf; the tokenizer treats it as the end of a statement. */
export const SOFT_BREAK = '\v';

const INLINE: Readonly<Record<string, readonly [string, string]>> = {
  b: ['**', '**'],
  strong: ['**', '**'],
  code: ['`', '`'],
  kbd: ['`', '`'],
  tt: ['`', '`'],
  samp: ['`', '`'],
  s: ['~~', '~~'],
  del: ['~~', '~~'],
  strike: ['~~', '~~'],
  br: [SOFT_BREAK, SOFT_BREAK],
  sup: ['^', ''],
  summary: ['\n\n**', '**\n\n'],
  p: ['\n\n', '\n\n'],
  div: ['\n\n', '\n\n'],
  section: ['\n\n', '\n\n'],
  article: ['\n\n', '\n\n'],
  details: ['\n\n', '\n\n'],
  ul: ['\n', '\n\n'],
  ol: ['\n', '\n\n'],
  li: ['\n- ', ''],
  blockquote: ['\n\n> ', '\n\n'],
};
const DROPPED = new Set(
  'i em u ins mark span font center small sub a img input table thead tbody tfoot caption col colgroup hr label body html head big abbr cite figure figcaption html button header footer main'.split(
    ' ',
  ),
);

function tagText(closing: boolean, name: string, state: HtmlState): string | undefined {
  const heading = /^h([1-6])$/u.exec(name);
  if (heading) return closing ? '\n\n' : `\n\n${'#'.repeat(Number(heading[1]))} `;
  const pair = INLINE[name];
  if (state.inPre && name === 'code') return '';
  if (pair) return closing ? pair[1] : pair[0];
  if (DROPPED.has(name)) return '';
  if (name === 'pre') {
    state.inPre = !closing;
    return '\n```\n';
  }
  return undefined;
}

/** Removes comments; text between `<!--` and `-->` is not part of the report. */
function dropComments(line: string, state: HtmlState): string {
  let out = '';
  let at = 0;
  for (;;) {
    if (state.inComment) {
      const end = line.indexOf('-->', at);
      if (end < 0) return out;
      state.inComment = false;
      at = end + 3;
    }
    const start = line.indexOf('<!--', at);
    if (start < 0) return out + line.slice(at);
    out += line.slice(at, start);
    state.inComment = true;
    at = start + 4;
  }
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
    return code >= 0x20 && code < 0x10ffff && !(code >= 0xd800 && code < 0xe000)
      ? String.fromCodePoint(code)
      : ' ';
  });
}

function endRow(state: HtmlState): string {
  const cells = state.row ?? [];
  state.row = null;
  if (cells.length === 0) return '';
  const row = `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |`;
  state.rowsOut += 1;
  state.lastRowLine = state.rowLine;
  return state.rowsOut === 1 ? `\n${row}\n|${'---|'.repeat(cells.length)}` : `\n${row}`;
}

function rewriteTags(line: string, state: HtmlState): string {
  let out = '';
  let last = 0;
  const put = (text: string): void => {
    if (state.row === null) out += text;
    else if (state.row.length > 0) state.row[state.row.length - 1] += text.replaceAll('\n', ' ');
  };
  let ticks = 0;
  let counted = 0;
  for (const match of line.matchAll(TAG)) {
    for (; counted < match.index; counted += 1) if (line.charAt(counted) === '`') ticks += 1;
    // A tag in a code span is text.
    if (ticks % 2 === 1 && state.row === null) continue;
    const closing = match[1] === '/';
    const name = (match[2] as string).toLowerCase();
    if (state.hidden !== null) {
      if (closing && name === state.hidden) state.hidden = null;
      last = match.index + match[0].length;
      continue;
    }
    put(line.slice(last, match.index));
    last = match.index + match[0].length;
    if (name === 'script' || name === 'style') state.hidden = closing ? null : name;
    else if (name === 'table') {
      if (state.row !== null) out += endRow(state);
      state.rowsOut = 0;
      out += '\n\n';
    } else if (name === 'tr') {
      if (state.row !== null) out += endRow(state);
      if (!closing) state.row = [];
    } else if (name === 'td' || name === 'th') {
      if (!closing && state.row !== null && state.row.length < 64) {
        if (state.row.length === 0) state.rowLine = state.line;
        state.row.push('');
      }
    } else put(tagText(closing, name, state) ?? match[0]);
  }
  if (state.hidden === null) put(line.slice(last));
  return out;
}

/** The Markdown lines that stand for one line of the source. */
export function rewriteHtml(line: string, state: HtmlState): readonly string[] {
  if (
    !state.inComment &&
    state.hidden === null &&
    state.row === null &&
    !line.includes('<') &&
    !line.includes('&')
  )
    return [line];
  const wasRow = state.row !== null;
  const rowsBefore = state.rowsOut;
  let text = line.includes('<!--') || state.inComment ? dropComments(line, state) : line;
  if (text.includes('<') || state.row !== null || state.hidden !== null) text = rewriteTags(text, state);
  text = decodeEntities(text);
  if (text === line) return [line];
  if (text.trim() === '' && (wasRow || state.row !== null)) return [];
  const parts = text.includes('\n') ? text.split('\n') : [text];
  // Blank lines would end the table between its rows.
  return state.rowsOut > rowsBefore && rowsBefore > 0 ? parts.filter((part) => part.trim() !== '') : parts;
}
