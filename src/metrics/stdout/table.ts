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
  { fits: /\S\s{2,}\S/, cut: (line) => line.trim().split(/\s{2,}/) },
  { fits: /\s/, cut: (line) => line.trim().split(/\s+/) },
];

/** A header as one way of cutting reads it. */
interface Heading {
  names: string[];
  cut: Cut;
  epochAt: number;
  stepAt: number;
}

/** Follows tables in a log: a header that names the epoch or step and a metric, then rows of as many cells. */
export class TableWatcher {
  /** The ways in which the last header can be cut; its rows decide. */
  private headings: Heading[] = [];

  /** Whether a header has been met. */
  get isActive(): boolean {
    return this.headings.length > 0;
  }

  /** Whether the line is the header of a table; the rows that follow are then read by it. */
  isHeader(line: string): boolean {
    if (!/epoch|iter|step|round|\bep\b/i.test(line) || /[:=]\s*[-+.\d]/.test(line)) return false;
    const headings: Heading[] = [];
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
      headings.push({
        names,
        cut,
        epochAt: epoch === undefined ? -1 : names.indexOf(epoch),
        stepAt: step === undefined ? -1 : names.indexOf(step),
      });
    }
    if (headings.length > 0) this.headings = headings;
    return headings.length > 0;
  }

  /** The line as a row of the last table; undefined where it is none. */
  row(line: string): TableRow | undefined {
    for (const heading of this.headings) {
      const row = rowOf(heading, line);
      if (row) return row;
    }
    return undefined;
  }
}

function rowOf({ names, cut, epochAt, stepAt }: Heading, line: string): TableRow | undefined {
  const found = cut(line);
  if (found.length !== names.length) return undefined;
  const axis = /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(found[epochAt >= 0 ? epochAt : stepAt] ?? '');
  if (!axis) return undefined;
  const row: TableRow = {
    epoch: undefined,
    step: undefined,
    total: axis[2] === undefined ? undefined : Number(axis[2]),
    values: [],
  };
  let others = 0;
  names.forEach((name, i) => {
    const cell = found[i] as string;
    if (i === epochAt) row.epoch = Number(axis[1]);
    else if (i === stepAt) row.step = readNumber(cell.split('/')[0] ?? '');
    else {
      const value = readNumber(cell) ?? (isDurationName(name) ? readDuration(cell) : undefined);
      if (value === undefined) others += isMissing(cell) ? 0 : 1;
      else if (!isReserved(name)) row.values.push([name, value]);
    }
  });
  return row.values.length > 0 && others <= row.values.length ? row : undefined;
}

function cells(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim());
}
