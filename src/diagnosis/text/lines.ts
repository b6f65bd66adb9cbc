import { foldCharacters } from './characters.ts';
import { rewriteHtml, SOFT_BREAK, startHtml } from './html.ts';

/** One line as it is parsed, and the 1-based line of the file it comes from. */
export interface SourceLine {
  text: string;
  line: number;
}

export interface Source {
  lines: SourceLine[];
  warnings: { message: string; line: number | null }[];
  /** The YAML between `---` lines at the head of the file, if there is any. */
  frontMatter: SourceLine[];
}

/** Reports end long before; the lines after it are logs, and are not read. */
const MAX_LINES = 20_000;
/** No person writes a longer line; what is longer is data. */
const MAX_LINE_LENGTH = 10_000;
/** Nor nests lists deeper than this many columns; parsing depth is bounded by it. */
const MAX_INDENT = 60;
const DEEP = /^[ \t]{60,}/u;
const FENCE_OPEN = /^\s*(?:(?:[-*+]|\d{1,9}[.)]|>)\s*){0,4}(`{3,}|~{3,})([^`]*)$/u;
const CONTAINERS = /^(?:\s{0,12}(?:[-*+]|\d{1,9}[.)]|>)(?=\s|>)){4,}/u;
const GLYPH_BULLET = /^(\s*(?:>\s?)?)(?:[•‣◦▪●○■□◆◇·∙►▶▸▹–—»]|→(?=\s))\s*(?=\S)/u;
const BOX = /^(\s*(?:>\s?)?)(?:([☐▢⬜])|[☑☒🗹])\s*(?=\S)/u;
const KEYCAP = /^(\s*(?:#{1,6}\s+|\*\*)?)([0-9]|🔟)\ufe0f?\u20e3\s*[.):]?\s*/u;
const CIRCLED = /^(\s*(?:#{1,6}\s+|\*\*)?)([\u2460-\u2473\u2776-\u277f\u2780-\u2789])\s*/u;
const BRACKETED = /^(\s*)\[(\d{1,2})\]\s+(?=\S)/u;
const PARENTHESIZED = /^(\s*)\((\d{1,2})\)\s*(?=\S)/u;
const TIGHT_NUMBER = /^(\s*\d{1,2}[.)])(?=[^\d\s.)\]|,:;%/*×-])/u;
const HAN_NUMBER = /^(\s*\d{1,2})[、．]\s*/u;
const HAN_HEADING = /^\s*([一二三四五六七八九十]{1,3})[、．.]\s*(?=.{1,40}$)/u;
const TIGHT_HEADING = /^(\s{0,3}#{2,6})(?=[^#\s])/u;

function circledNumber(char: string): number {
  const code = char.codePointAt(0) as number;
  if (code < 0x2474) return code - 0x245f;
  return code < 0x2780 ? code - 0x2775 : code - 0x277f;
}

/** Plain text, `- `, `* ` and `1. ` need no rewriting. */
const IS_PLAIN = /^\s*(?:[A-Za-z`*_|"'-]|\d{1,3}[.)]\s|\d+[^.)、．\p{M}]|>\s*\w|$)/u;

/** Turns the bullets and numbers that Markdown does not know into those it knows. */
function normalizeMarker(text: string): string {
  if (IS_PLAIN.test(text) && !text.includes('\u20e3')) return text;
  return text
    .replace(KEYCAP, '$1$2. ')
    .replace(CIRCLED, (_, lead: string, digit: string) => `${lead}${circledNumber(digit)}. `)
    .replace(HAN_NUMBER, '$1. ')
    .replace(HAN_HEADING, '## $1. ')
    .replace(BOX, (_, lead: string, open?: string) => `${lead}- [${open === undefined ? 'x' : ' '}] `)
    .replace(GLYPH_BULLET, '$1- ')
    .replace(PARENTHESIZED, '$1$2. ')
    .replace(BRACKETED, '$1$2. ')
    .replace(TIGHT_NUMBER, '$1 ')
    .replace(TIGHT_HEADING, '$1 ');
}

function splitLines(text: string): string[] {
  return text.replace(/^\ufeff/u, '').split(/\r\n|\n|\r/u);
}

/** Splits a report into lines that are safe and uniform to parse; every line remembers where it stood. */
export function readLines(text: string): Source {
  const raw = splitLines(text);
  const source: Source = { lines: [], warnings: [], frontMatter: [] };
  if (raw.length > MAX_LINES) {
    source.warnings.push({
      message: `Only the first ${MAX_LINES} of ${raw.length} lines were read.`,
      line: MAX_LINES + 1,
    });
    raw.length = MAX_LINES;
  }
  const html = startHtml();
  let fence: { char: string; length: number } | null = null;
  let at = 0;
  if (/^---\s*$/u.test(raw[0] ?? '')) {
    const end = raw.findIndex((line, index) => index > 0 && index < 200 && /^(?:---|\.\.\.)\s*$/u.test(line));
    if (end > 0 && raw.slice(1, end).every((line) => line.trim() !== '')) {
      source.frontMatter = raw
        .slice(1, end)
        .map((line, index) => ({ text: foldCharacters(line), line: index + 2 }));
      at = end + 1;
    }
  }
  for (; at < raw.length; at += 1) {
    const line = at + 1;
    let content = raw[at] as string;
    if (content.length > MAX_LINE_LENGTH) {
      source.warnings.push({
        message: `Line ${line} is longer than ${MAX_LINE_LENGTH} characters and was not read.`,
        line,
      });
      content = '';
    }
    if (fence) {
      const folded = foldCharacters(content);
      source.lines.push({ text: folded, line });
      const closing = /^[\s>]*(`{3,}|~{3,})\s*$/u.exec(folded)?.[1];
      if (closing !== undefined && closing.startsWith(fence.char) && closing.length >= fence.length)
        fence = null;
      continue;
    }
    const marked = foldCharacters(normalizeMarker(content.replace(DEEP, ' '.repeat(MAX_INDENT)))).replaceAll(
      SOFT_BREAK,
      ' ',
    );
    // A `<pre>` block ends with its tag, not with the fence that stands in for it.
    const isPre = html.inPre || marked.includes('<pre');
    html.line = line;
    const rows = html.rowsOut;
    for (const part of rewriteHtml(marked, html)) {
      const mark = isPre ? undefined : FENCE_OPEN.exec(part)?.[1];
      if (mark !== undefined) fence = { char: mark.charAt(0), length: mark.length };
      const isRow = html.rowsOut !== rows && part.trimStart().startsWith('|');
      source.lines.push({
        text: CONTAINERS.test(part) ? part.replace(CONTAINERS, '') : part,
        line: isRow ? html.lastRowLine : line,
      });
    }
  }
  if (html.inComment)
    source.warnings.push({
      message: 'An HTML comment is never closed; all after it was not read.',
      line: null,
    });
  return source;
}
