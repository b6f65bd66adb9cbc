import { findAxes } from '../axis.ts';
import { isDurationName, readDuration } from '../duration.ts';
import { isMissing, readNumber } from '../number.ts';
import { isPhaseKey, phaseOf, withPhase } from '../phase.ts';
import { evidenceOf } from '../evidence.ts';
import { isReserved } from './vocabulary.ts';

/** One row of a table printed to the terminal. */
export interface TableRow {
  epoch: number | undefined;
  step: number | undefined;
  total: number | undefined;
  values: [name: string, value: number][];
  /** The table names no epoch or step: the row belongs to where the log stands. */
  isLoose: boolean;
  /** What the row of such a table is about (`person`). */
  label: string | undefined;
}

/** What separates a header from its rows. */
export const RULE = /^[\s|:+=│┃┼╪─━═-]*$/;

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
  /** The column that says what its row was measured on; −1 where there is none. */
  phaseAt: number;
}

/** Follows tables in a log: a header that names the epoch or step and a metric, then rows of as many cells. */
export class TableWatcher {
  /** The ways in which the last header can be cut; its rows decide. */
  private headings: Heading[] = [];
  /** The same for a table without epoch and step, whose rows must follow at once. */
  private loose: Heading[] = [];

  /** Whether a header has been met. */
  get isActive(): boolean {
    return this.headings.length > 0 || this.loose.length > 0;
  }

  /** A line that is no row has been met. */
  leaveLoose(): void {
    if (this.loose.length > 0) this.loose = [];
  }

  /** Whether the line is the header of a table; the rows that follow are then read by it. */
  isHeader(line: string): boolean {
    if (!RULE.test(line)) this.leaveLoose();
    if (/[:=]\s*[-+.\d]/.test(line)) return false;
    const headings: Heading[] = [];
    const loose: Heading[] = [];
    const mayName = /epoch|iter|step|round|tree|\bep\b|^\s*E\s+#\s/i.test(line);
    for (const { fits, cut } of CUTS) {
      if (!fits.test(line)) continue;
      const names = namesOf(cut(line));
      if (
        names.length < 2 ||
        names.some(
          (name) =>
            !/^[^\d\s][^:=]{0,40}$/.test(name) || /\s[-+.\d]/.test(name) || readNumber(name) !== undefined,
        )
      )
        continue;
      const { epoch, step } = mayName ? axesOf(names) : NO_AXES;
      if (evidenceOf(names).metrics === 0) continue;
      const isLoose = epoch === undefined && step === undefined;
      (isLoose ? loose : headings).push({
        names,
        cut,
        epochAt: epoch === undefined ? -1 : names.indexOf(epoch),
        stepAt: step === undefined ? -1 : names.indexOf(step),
        phaseAt: names.findIndex(isPhaseKey),
      });
    }
    if (headings.length > 0) this.headings = headings;
    else this.loose = loose;
    return headings.length > 0 || loose.length > 0;
  }

  /** The line as a row of the last table; undefined where it is none. */
  row(line: string): TableRow | undefined {
    for (const heading of this.loose) {
      const row = looseRow(heading, line);
      if (row) return row;
    }
    for (const heading of this.headings) {
      const row = rowOf(heading, line);
      if (row) return row;
    }
    return undefined;
  }
}

const NO_AXES = { epoch: undefined, step: undefined };

/** The columns that count. spaCy calls them `E` and `#`. */
function axesOf(names: readonly string[]): { epoch: string | undefined; step: string | undefined } {
  return names[0] === 'E' && names[1] === '#' ? { epoch: 'E', step: '#' } : findAxes(names);
}

/** Names of columns; Ultralytics groups them: `Box(P  R  mAP50)  Mask(P  R  mAP50)`. */
function namesOf(found: readonly string[]): string[] {
  let group = '';
  return found.map((cell) => {
    const [, opened, first] = /^([A-Za-z]+)\(([^()]+)$/.exec(cell) ?? [];
    if (opened !== undefined) group = opened === 'Box' ? '' : `${opened}/`;
    const name = group + (first ?? cell).replace(/^([^()]+)\)$/, '$1');
    if (cell.endsWith(')') && !cell.includes('(')) group = '';
    return name;
  });
}

/** A row of numbers under a header that names no epoch: at most its first cell is a word. */
function looseRow({ names, cut, phaseAt }: Heading, line: string): TableRow | undefined {
  const found = cut(line);
  if (found.length !== names.length) return undefined;
  const values: TableRow['values'] = [];
  let label: string | undefined;
  for (const [i, cell] of found.entries()) {
    const value = readNumber(cell);
    if (value === undefined) {
      if (i > 0 || !/^[A-Za-z]/.test(cell)) return undefined;
      label = cell;
    } else if (!isReserved(names[i] as string)) values.push([names[i] as string, value]);
  }
  if (values.length === 0) return undefined;
  const phase = phaseAt === 0 && label !== undefined ? phaseOf(label) : undefined;
  return {
    epoch: undefined,
    step: undefined,
    total: undefined,
    values: values.map(([name, value]) => [withPhase(phase, name), value]),
    isLoose: true,
    label: phase === undefined ? label : undefined,
  };
}

function rowOf({ names, cut, epochAt, stepAt, phaseAt }: Heading, line: string): TableRow | undefined {
  let found = cut(line);
  // pandas prints the number of the row in front, under no name.
  if (found.length === names.length + 1 && /^\d+\s/.test(line)) found = found.slice(1);
  if (found.length !== names.length) return undefined;
  const axis = /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(found[epochAt >= 0 ? epochAt : stepAt] ?? '');
  if (!axis) return undefined;
  const row: TableRow = {
    epoch: undefined,
    step: undefined,
    total: axis[2] === undefined ? undefined : Number(axis[2]),
    values: [],
    isLoose: false,
    label: undefined,
  };
  let others = 0;
  const phase = phaseAt < 0 ? undefined : phaseOf(found[phaseAt] as string);
  names.forEach((name, i) => {
    const cell = found[i] as string;
    if (i === epochAt) row.epoch = Number(axis[1]);
    else if (i === stepAt) row.step = readNumber(cell.split('/')[0] ?? '');
    else {
      const value = readNumber(cell) ?? (isDurationName(name) ? readDuration(cell) : undefined);
      if (value === undefined) others += isMissing(cell) || (i === phaseAt && phase !== undefined) ? 0 : 1;
      else if (!isReserved(name)) row.values.push([withPhase(phase, name), value]);
    }
  });
  return row.values.length > 0 && others <= row.values.length ? row : undefined;
}

function cells(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim());
}
