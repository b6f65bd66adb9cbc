import type { Member, MetricFormat, Sink, StreamReader } from '../_contract.ts';
import { COMMENT, detectTable } from '../csv/detect.ts';
import { chooseDialect, isOpen, splitRow } from '../csv/dialect.ts';
import { inventHeader, isHeader, readHeader } from '../csv/header.ts';
import { Table } from '../csv/table.ts';
import { Utf8Input, ZEROS } from '../encoding.ts';
import { LINE_LIMIT, LineBlocks } from '../lines.ts';
import { stripEscapes } from '../stdout/clean.ts';

/** Lines of one quoted cell before the quote is taken for a mistake. */
const OPEN_LIMIT = 50;

/** Tables with a header: commas, semicolons, tabs, pipes or white space between the cells. */
export const csv: MetricFormat = {
  name: 'csv',
  title: 'CSV or TSV table',
  detect: detectTable,
  open: (member: Member, sink: Sink) => new TableReader(member.name, sink),
};

export class TableReader implements StreamReader {
  readonly kind = 'stream';
  private readonly input: Utf8Input;
  private readonly lines = new LineBlocks(this);
  private readonly name: string;
  private readonly sink: Sink;
  private table: Table | undefined;
  private delimiter = ',';
  private hinted: string | undefined;
  /** The first line of the table, until the second says how both are cut. */
  private first: { text: string; line: number } | undefined;
  private comment: string | undefined;
  /** A row whose quoted cell has not ended. */
  private open: { text: string; line: number; lines: number } | undefined;

  constructor(name: string, sink: Sink) {
    this.name = name;
    this.sink = sink;
    this.input = new Utf8Input(() => sink.warn(ZEROS));
  }

  push(bytes: Buffer): void {
    this.lines.push(this.input.push(bytes));
  }

  end(): void {
    this.lines.push(this.input.end());
    this.lines.end();
    if (this.open) this.addRow(this.open.text, this.open.line, true);
    if (!this.table && this.first) this.begin(undefined);
  }

  block(bytes: Buffer, line: number, isCut: boolean): number {
    let count = 0;
    for (let at = 0; at < bytes.length; count++) {
      const { table } = this;
      if (table?.fast && !this.open) {
        const next = table.fast.read(bytes, at);
        if (next > 0 && !isCut) {
          table.addFast(table.fast);
          at = next;
          continue;
        }
      }
      const end = bytes.indexOf(10, at);
      this.text(bytes.toString('utf8', at, end), line + count, isCut);
      at = end + 1;
    }
    return count;
  }

  tooLong(line: number): void {
    this.sink.warn({
      kind: 'long-line',
      message: `longer than ${LINE_LIMIT / 1024 / 1024} MB, left out`,
      line,
    });
  }

  private text(raw: string, line: number, isCut: boolean): void {
    const text = stripEscapes(raw);
    if (this.open) {
      this.open.text += `\n${text}`;
      this.open.lines++;
      if (isOpen(this.open.text) && this.open.lines < OPEN_LIMIT) return;
      this.addRow(this.open.text, this.open.line, isCut);
      this.open = undefined;
      return;
    }
    if (text.trim() === '') return;
    if (COMMENT.test(text)) {
      if (!this.table) this.comment = text.replace(COMMENT, '');
      return;
    }
    if (text.includes('"') && isOpen(text)) this.open = { text, line, lines: 1 };
    else this.addRow(text, line, isCut);
  }

  private addRow(text: string, line: number, isCut: boolean): void {
    if (this.table) this.table.add(splitRow(text, this.delimiter), line, isCut);
    else if (this.first) {
      this.begin(text);
      this.addRow(text, line, isCut);
    } else if (/^sep=.$/.test(text.trim())) this.hinted = text.trim().slice(-1);
    else this.first = { text, line };
  }

  /** Both first lines decide how the table is cut and whether it has a header. */
  private begin(second: string | undefined): void {
    const first = this.first as { text: string; line: number };
    const dialect = chooseDialect(first.text, second);
    if (this.hinted !== undefined) dialect.delimiter = this.hinted;
    this.delimiter = dialect.delimiter;
    const cells = splitRow(first.text, this.delimiter);
    if (isHeader(cells)) {
      // pandas prints the number of the row in front, under no name.
      const isNumbered = this.delimiter === ' ' && /^\s/.test(first.text) && /^0\s/.test(second ?? '');
      if (isNumbered && splitRow(second ?? '', ' ').length === cells.length + 1) cells.unshift('');
      this.table = new Table(this.sink, this.name, dialect, readHeader(cells, this.name));
      if (second === undefined)
        this.sink.warn({ kind: 'header-only', message: 'the table has a header and no rows' });
      return;
    }
    // numpy writes its header as a comment.
    const commented = this.comment === undefined ? [] : splitRow(this.comment, this.delimiter);
    const hasHeader = commented.length === cells.length && isHeader(commented);
    const rows = second === undefined ? undefined : splitRow(second, this.delimiter);
    const header = hasHeader ? readHeader(commented, this.name) : inventHeader(cells, rows, this.name);
    if (!hasHeader)
      this.sink.warn({
        kind: 'no-header',
        message: 'the table has no header; columns are numbered',
        line: first.line,
      });
    this.table = new Table(this.sink, this.name, dialect, header);
    this.table.add(cells, first.line, second === undefined);
  }
}
