import type { Sink, WideRow } from '../_contract.ts';
import { isDurationName, readDuration } from '../duration.ts';
import { isMissing, readNumber } from '../number.ts';
import { phaseOf, withPhase } from '../phase.ts';
import type { Dialect } from './dialect.ts';
import { isHeader, readHeader, type Header } from './header.ts';
import { NumberRows } from './number-rows.ts';

const UNKNOWN = -2;

/** Turns the rows of a table whose header is known into rows of the sink. */
export class Table {
  /** Set where rows can be read by the fast path: one delimiter byte, and every row a point. */
  fast: NumberRows | undefined;
  private readonly sink: Sink;
  private readonly file: string;
  private readonly dialect: Dialect;
  private header: Header;
  /** A row of as many cells as the header has been met. */
  private hasWhole = false;
  private isAfterWoven = false;
  /** Column of the sink for each column of the table; made when the first number is met, so that texts make none. */
  private ids: Int32Array;
  private row: WideRow;

  constructor(sink: Sink, file: string, dialect: Dialect, header: Header) {
    this.sink = sink;
    this.file = file;
    this.dialect = dialect;
    this.header = header;
    this.ids = idsOf(header);
    this.row = rowOf(header);
    this.use(header);
  }

  /** The row that `fast` has just read. */
  addFast({ values, present }: NumberRows): void {
    this.hasWhole = true;
    this.isAfterWoven = false;
    const { epoch, step, total, names } = this.header;
    const { ids, sink, row } = this;
    row.epoch = epoch >= 0 && present[epoch] === 1 ? (values[epoch] as number) : Number.NaN;
    row.step = step >= 0 && present[step] === 1 ? (values[step] as number) : Number.NaN;
    let count = 0;
    for (let i = 0; i < ids.length; i++) {
      if (present[i] !== 1 || i === epoch || i === step) continue;
      if (i === total) sink.total(values[i] as number);
      else {
        if (ids[i] === UNKNOWN) ids[i] = sink.column(names[i] as string);
        row.columns[count] = ids[i] as number;
        row.values[count++] = values[i] as number;
      }
    }
    row.to = count;
    sink.put(row);
  }

  add(cells: readonly string[], line: number, isCut: boolean): void {
    const { header, sink } = this;
    const { names } = header;
    if (cells.length < names.length && isCut) {
      sink.warn({ kind: 'cut-line', message: 'the last line is incomplete, left out', line });
      return;
    }
    if (cells.length > 1 && isHeader(cells) && this.isNewHeader(cells)) {
      if (cells.join('\n') !== names.join('\n')) this.use(readHeader(cells, this.file));
      return;
    }
    // Markdown's rule below the header.
    if (cells.every((cell) => /^:?-{2,}:?$/.test(cell))) return;
    const extra = cells.slice(names.length).some((cell) => cell !== '');
    if (extra || cells.length < names.length) {
      // Where whole rows came before, one with more cells is two rows in one, as two writers leave it, and what follows its rest.
      const isWoven = this.hasWhole && (extra || this.isAfterWoven);
      sink.warn({
        kind: isWoven ? 'woven' : 'ragged',
        message: `${cells.length} cells where the header has ${names.length}${isWoven ? ', left out' : ''}`,
        line,
      });
      this.isAfterWoven = isWoven;
      if (isWoven) return;
    } else {
      this.hasWhole = true;
      this.isAfterWoven = false;
    }
    if (isCut && /\d(?:\.|[eE][-+]?)$/.test(cells.at(-1) ?? '')) {
      sink.warn({ kind: 'cut-line', message: 'the last number is incomplete, left out', line });
      cells = [...cells.slice(0, -1), ''];
    }
    sink.row(this.axis(cells, header.epoch, line), this.axis(cells, header.step, line));
    if (header.total >= 0) sink.total(readNumber(cells[header.total] ?? '') ?? 0);
    const phase = header.phase < 0 ? undefined : phaseOf(cells[header.phase] ?? '');
    if (header.metric >= 0) this.addTidy(cells, phase, line);
    else this.addWide(cells, phase, line);
  }

  private addWide(cells: readonly string[], phase: string | undefined, line: number): void {
    const { names, epoch, step, total } = this.header;
    for (let i = 0; i < names.length && i < cells.length; i++) {
      if (i === epoch || i === step || i === total) continue;
      const name = names[i] as string;
      const value = this.number(cells[i] as string, name, (this.ids[i] as number) >= 0, line);
      if (value === undefined) continue;
      // With a phase the column depends on the row.
      if (phase !== undefined) this.sink.set(this.sink.column(withPhase(phase, name)), value);
      else {
        if (this.ids[i] === UNKNOWN) this.ids[i] = this.sink.column(name);
        this.sink.set(this.ids[i] as number, value);
      }
    }
  }

  private addTidy(cells: readonly string[], phase: string | undefined, line: number): void {
    const name = cells[this.header.metric] ?? '';
    const value = name === '' ? undefined : this.number(cells[this.header.value] ?? '', name, true, line);
    if (value !== undefined) this.sink.set(this.sink.column(withPhase(phase, name)), value);
  }

  /** `isExpected`: the column has held numbers, so that anything else is worth a warning. */
  private number(cell: string, name: string, isExpected: boolean, line: number): number | undefined {
    const value = readNumber(cell, this.dialect) ?? (isDurationName(name) ? readDuration(cell) : undefined);
    if (value !== undefined || !isExpected || isMissing(cell)) return value;
    const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
    this.sink.warn({
      kind: 'not-a-number',
      message: `'${shown}' in column '${name}' is no number, left out`,
      line,
    });
    return undefined;
  }

  private axis(cells: readonly string[], at: number, line: number): number {
    if (at < 0) return Number.NaN;
    const cell = cells[at] ?? '';
    // `3/20` in an epoch column.
    const value = readNumber(cell) ?? readNumber(cell.split('/')[0] ?? '');
    if (value !== undefined && Number.isFinite(value)) return value;
    if (!isMissing(cell))
      this.sink.warn({
        kind: 'bad-axis',
        message: `'${cell.slice(0, 40)}' in column '${this.header.names[at] ?? ''}' is no number`,
        line,
      });
    return Number.NaN;
  }

  /** A header again, after a resume: with a name it had before, so that a row of texts is none. */
  private isNewHeader(cells: readonly string[]): boolean {
    return cells.some((cell) => cell !== '' && this.header.names.includes(cell));
  }

  private use(header: Header): void {
    this.header = header;
    this.ids = idsOf(header);
    this.row = rowOf(header);
    const isPlain =
      header.metric < 0 &&
      header.phase < 0 &&
      this.dialect.delimiter !== ' ' &&
      this.dialect.delimiter !== '|';
    this.fast = isPlain ? new NumberRows(header.names.length, this.dialect.delimiter) : undefined;
  }
}

function idsOf({ names }: Header): Int32Array {
  return new Int32Array(names.length).fill(UNKNOWN);
}

function rowOf({ names }: Header): WideRow {
  const columns = new Int32Array(names.length);
  const values = new Float64Array(names.length);
  return { epoch: Number.NaN, step: Number.NaN, from: 0, to: 0, columns, values };
}
