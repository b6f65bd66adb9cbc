import { findAxes } from '../axis.ts';
import { isDurationName, readDuration } from '../duration.ts';
import { isMissing, readNumber } from '../number.ts';
import { evidenceOf } from '../evidence.ts';
import { isReserved } from './vocabulary.ts';

/** One row of a table printed to the terminal. */
export interface TableRow {
  epoch: number | undefined;
  step: number | undefined;
  total: number | undefined;
  values: [name: string, value: number][];
}

type Cut = (line: string) => string[];

const CUTS: readonly { fits: RegExp; cut: Cut }[] = [
  {
    fits: /[|│┃]/,
    cut: (line) =>
      cells(
        line
          .replaceAll(/[│┃]/g, '|')
          .replace(/^\s*\|/, '')
          .replace(/\|\s*$/, '')
          .split('|'),
      ),
  },
  { fits: /\t/, cut: (line) => cells(line.split('\t')) },
  { fits: /,/, cut: (line) => cells(line.split(',')) },
  { fits: /\s/, cut: (line) => line.trim().split(/\s+/) },
];

/** Follows tables in a log: a header that names the epoch or step and a metric, then rows of as many cells. */
export class TableWatcher {
  private names: string[] = [];
  private cut: Cut | undefined;
  private epochAt = -1;
  private stepAt = -1;

  /** Whether a header has been met. */
  get isActive(): boolean {
    return this.cut !== undefined;
  }

  /** Whether the line is the header of a table; the rows that follow are then read by it. */
  isHeader(line: string): boolean {
    if (!/epoch|iter|step|round|\bep\b/i.test(line) || /[:=]\s*[-+.\d]/.test(line)) return false;
    for (const { fits, cut } of CUTS) {
      if (!fits.test(line)) continue;
      const names = cut(line);
      if (
        names.length < 2 ||
        names.some((name) => !/^[^\d\s][^:=]{0,40}$/.test(name) || /\s[-+.\d]/.test(name))
      )
        continue;
      const { epoch, step } = findAxes(names);
      if ((epoch === undefined && step === undefined) || evidenceOf(names).metrics === 0) continue;
      this.names = names;
      this.cut = cut;
      this.epochAt = epoch === undefined ? -1 : names.indexOf(epoch);
      this.stepAt = step === undefined ? -1 : names.indexOf(step);
      return true;
    }
    return false;
  }

  /** The line as a row of the last table; undefined where it is none. */
  row(line: string): TableRow | undefined {
    if (!this.cut) return undefined;
    const found = this.cut(line);
    if (found.length !== this.names.length) return undefined;
    const axis = /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(
      found[this.epochAt >= 0 ? this.epochAt : this.stepAt] ?? '',
    );
    if (!axis) return undefined;
    const row: TableRow = {
      epoch: undefined,
      step: undefined,
      total: axis[2] === undefined ? undefined : Number(axis[2]),
      values: [],
    };
    let others = 0;
    this.names.forEach((name, i) => {
      const cell = found[i] as string;
      if (i === this.epochAt) row.epoch = Number(axis[1]);
      else if (i === this.stepAt) row.step = readNumber(cell.split('/')[0] ?? '');
      else {
        const value = readNumber(cell) ?? (isDurationName(name) ? readDuration(cell) : undefined);
        if (value === undefined) others += isMissing(cell) ? 0 : 1;
        else if (!isReserved(name)) row.values.push([name, value]);
      }
    });
    return row.values.length > 0 && others <= row.values.length ? row : undefined;
  }
}

function cells(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim());
}
