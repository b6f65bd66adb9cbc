/**
 * Reads the per-example predictions that a training left: one row an example, `id` and either `correct` or `label` and
 * `prediction`, as JSON lines or CSV. Read as a stream; an id is kept as a 53-bit hash, so that a million examples take
 * nine bytes each.
 */
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export interface PredictionTable {
  /** Hash of each id, in the order of the file [n]. */
  ids: Float64Array;
  /** 1 where the prediction was right [n]. */
  correct: Uint8Array;
}

export type PredictionReading =
  | { table: PredictionTable }
  /** What is wrong with the file, with the line where it shows. */
  | { problem: string };

const MOST_EXAMPLES = 1_000_000;
const LONGEST_LINE = 1 << 20;

interface Row {
  id: unknown;
  label: unknown;
  prediction: unknown;
  correct: unknown;
}

export async function readPredictions(
  file: string,
  mostExamples = MOST_EXAMPLES,
): Promise<PredictionReading> {
  const parse = /\.csv$/i.test(file) ? csvRows() : jsonRow;
  let ids = new Float64Array(1024);
  let correct = new Uint8Array(1024);
  let n = 0;
  let number = 0;
  try {
    for await (const line of linesOf(file)) {
      number += 1;
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() === '') continue;
      const row = parse(text);
      if (typeof row === 'string') return { problem: `line ${number} ${row}` };
      if (row === null) continue;
      if (n === mostExamples)
        return { problem: `it holds more than ${mostExamples.toLocaleString('en-US')} examples` };
      if (n === ids.length) {
        ids = grown(ids, new Float64Array(2 * n));
        correct = grown(correct, new Uint8Array(2 * n));
      }
      const isRight = judgeRow(row);
      if (typeof isRight === 'string') return { problem: `line ${number} ${isRight}` };
      ids[n] = hashId(textOf(row.id));
      correct[n] = isRight ? 1 : 0;
      n += 1;
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (n === 0) return { problem: 'it holds no examples' };
  const table = { ids: ids.slice(0, n), correct: correct.slice(0, n) };
  const twice = findRepeated(table.ids);
  return twice
    ? { problem: `examples ${twice[0] + 1} and ${twice[1] + 1} have the same id; write one row an example` }
    : { table };
}

function grown<T extends Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Whether the prediction was right; a string says what is wrong with the row. */
function judgeRow({ id, label, prediction, correct }: Row): boolean | string {
  if (id === undefined || id === null || id === '' || typeof id === 'object') return 'has no id';
  if (correct !== undefined && correct !== null && correct !== '') {
    const text = textOf(correct).toLowerCase();
    if (text === 'true' || Number(text) === 1) return true;
    if (text === 'false' || Number(text) === 0) return false;
    return `has correct = ${textOf(correct).slice(0, 40)}, which is neither true nor false`;
  }
  if (label === undefined || label === null || prediction === undefined || prediction === null)
    return 'has neither correct nor label and prediction';
  return isSame(label, prediction);
}

/** 7, 7.0 and "7" are one class. */
function isSame(a: unknown, b: unknown): boolean {
  const [x, y] = [textOf(a), textOf(b)];
  return x === y || (x !== '' && y !== '' && Number(x) === Number(y));
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : (JSON.stringify(value) ?? '');

function jsonRow(text: string): Row | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is no JSON (was the file cut?)';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no JSON object';
  const fields = new Map(Object.entries(value));
  return toRow((name) => fields.get(name));
}

function csvRows(): (text: string) => Row | string | null {
  let columns: Map<string, number> | undefined;
  let delimiter = ',';
  return (text) => {
    if (!columns) {
      delimiter = [',', ';', '\t'].find((candidate) => text.includes(candidate)) ?? ',';
      columns = new Map(
        cellsOf(text, delimiter).map((name, index) => [name.trim().toLowerCase(), index] as const),
      );
      const isEnough = columns.has('correct') || (columns.has('label') && columns.has('prediction'));
      return columns.has('id') && isEnough
        ? null
        : 'is no header with id and correct, or id, label and prediction';
    }
    const cells = cellsOf(text, delimiter);
    if (cells.length < columns.size)
      return `has ${cells.length} of ${columns.size} columns (was the file cut?)`;
    const at = columns;
    return toRow((name) => cells[at.get(name) ?? -1]);
  };
}

const toRow = (get: (name: string) => unknown): Row => ({
  id: get('id'),
  label: get('label'),
  prediction: get('prediction'),
  correct: get('correct'),
});

function cellsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [''];
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '"' && isQuoted && text[i + 1] === '"') {
      cells[cells.length - 1] += '"';
      i += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (char === delimiter && !isQuoted) cells.push('');
    else cells[cells.length - 1] += char;
  }
  return cells;
}

/** Lines of a file; a line without an end in sight is an error, not a growing buffer. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of createReadStream(file)) {
    const parts = (rest + decoder.write(chunk as Buffer)).split(/\r?\n/u);
    rest = parts.pop() ?? '';
    yield* parts;
    if (rest.length > LONGEST_LINE) throw new Error('a line is longer than a megabyte');
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}

/** Two 32-bit FNV-1a hashes with different offsets, 53 bits of them: a million ids collide once in ten thousand files. */
function hashId(id: string): number {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0) * 2 ** 21 + ((b >>> 0) >>> 11);
}

function findRepeated(ids: Float64Array): [number, number] | undefined {
  const sorted = ids.toSorted();
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i - 1]) continue;
    const first = ids.indexOf(sorted[i] as number);
    return [first, ids.indexOf(sorted[i] as number, first + 1)];
  }
  return undefined;
}

/** The answers of a table in the order of another one's ids; undefined where the two hold different examples. */
export function alignTo(order: Float64Array, table: PredictionTable): Uint8Array | undefined {
  if (table.ids.length !== order.length) return undefined;
  if (table.ids.every((id, i) => id === order[i])) return table.correct;
  const byId = new Map<number, number>();
  for (const [i, id] of table.ids.entries()) byId.set(id, i);
  const aligned = new Uint8Array(order.length);
  for (const [i, id] of order.entries()) {
    const at = byId.get(id);
    if (at === undefined) return undefined;
    aligned[i] = table.correct[at] as number;
  }
  return aligned;
}
