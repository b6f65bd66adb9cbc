import { readInline, type Leaf } from '../text/inline.ts';
import type { SourceLine } from '../text/lines.ts';
import type { Grid } from './node.ts';

const RULE = /^[-=+|:\s]+$/u;
const MAX_COLUMNS = 40;

/** Splits a row at its pipes; escaped ones and those in code stay. */
export function splitRow(text: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let ticks = 0;
  const lastTick = text.lastIndexOf('`');
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && text.charAt(at + 1) === '|') {
      cell += '|';
      at += 1;
    } else if (char === '`') {
      ticks += 1;
      cell += char;
    } else if (char === '|' && (ticks % 2 === 0 || at > lastTick)) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  cells.push(cell);
  if (cells[0]?.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.slice(0, MAX_COLUMNS).map((part) => part.trim());
}

function leavesOf(cells: readonly string[], line: number): Leaf[] {
  return cells.map((text) => readInline([{ text, line }]));
}

function pipes(text: string): number {
  let count = 0;
  for (const char of text) if (char === '|') count += 1;
  return count;
}

function isRow(line: SourceLine | undefined): line is SourceLine {
  return (
    line !== undefined &&
    line.text.includes('|') &&
    (pipes(line.text) >= 2 || splitRow(line.text).length >= 2)
  );
}

function isRule(line: SourceLine | undefined): boolean {
  return (
    line !== undefined &&
    line.text.length < 4000 &&
    /--|==|-\s*:?\s*\||\|\s*:?-/u.test(line.text) &&
    RULE.test(line.text)
  );
}

/** Columns aligned with tabs or runs of blanks, as pasted from a sheet or a terminal. */
function splitAligned(text: string): string[] {
  return text
    .trim()
    .split(/\t+| {3,}|(?<=\S) {2,}(?=\S)/u)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
}

export interface TextPart {
  kind: 'text' | 'table';
  lines: SourceLine[];
  grid: Grid | null;
}

/** Cuts the tables out of a paragraph's lines: with pipes (delimiter row or not), drawn in ASCII, or aligned in columns under `isHeader`. */
export function splitTables(
  lines: readonly SourceLine[],
  isHeader: (cells: readonly string[]) => boolean,
): TextPart[] {
  const parts: TextPart[] = [];
  const addText = (line: SourceLine): void => {
    const last = parts.at(-1);
    if (last?.kind === 'text') last.lines.push(line);
    else parts.push({ kind: 'text', lines: [line], grid: null });
  };
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as SourceLine;
    const start = isRule(line) && isRow(lines[at + 1]) ? at + 1 : at;
    const header = lines[start];
    const hasRule = isRule(lines[start + 1]);
    const isFramed = /^\s*\|.*\|\s*$/u.test(header?.text ?? '');
    if (isRow(header) && (hasRule || (isFramed && isRow(lines[start + 1])))) {
      let end = start + 1;
      const rows: SourceLine[] = [];
      while (end < lines.length && (isRow(lines[end]) || isRule(lines[end]))) {
        if (!isRule(lines[end])) rows.push(lines[end] as SourceLine);
        end += 1;
      }
      parts.push({
        kind: 'table',
        lines: lines.slice(at, end),
        grid: toGrid(splitRow(header.text), header.line, rows, splitRow),
      });
      at = end;
      continue;
    }
    const aligned = at + 1 < lines.length && /\t| {2,}/u.test(line.text) ? splitAligned(line.text) : [];
    if (aligned.length >= 3 && isHeader(aligned)) {
      let end = at + 1;
      const rows: SourceLine[] = [];
      while (
        end < lines.length &&
        (isRule(lines[end]) || splitAligned((lines[end] as SourceLine).text).length >= 2)
      ) {
        if (!isRule(lines[end])) rows.push(lines[end] as SourceLine);
        end += 1;
      }
      if (rows.length > 0) {
        parts.push({
          kind: 'table',
          lines: lines.slice(at, end),
          grid: toGrid(aligned, line.line, rows, splitAligned),
        });
        at = end;
        continue;
      }
    }
    addText(line);
    at += 1;
  }
  return parts;
}

function toGrid(
  header: readonly string[],
  line: number,
  rows: readonly SourceLine[],
  split: (text: string) => string[],
): Grid {
  return {
    header: leavesOf(header, line),
    rows: rows.map((row) => ({ cells: leavesOf(split(row.text), row.line), line: row.line })),
  };
}
