import type { Curve, Point, Sink, Warning, WideRow } from './_contract.ts';
import { detach } from './detach.ts';
import { Rows, type Again, type Column } from './rows.ts';
import { chooseKept, pointLimit, type Thinning } from './thin.ts';
import { Warnings } from './warnings.ts';

/** Distinct metrics taken from one log; more than that are keys that hold data, not names. */
const METRIC_LIMIT = 2000;
const NAME_LIMIT = 200;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What values inherit from, so that no name can mean anything but itself. The runtime keeps objects with a prototype as records of
 * one layout, and those without as hash tables, which take twice the time and memory.
 */
const NOTHING: object = Object.freeze(Object.create(null) as object);

/** A point with its position in the curve. */
export interface IndexedPoint {
  index: number;
  point: Point;
}

/** The sink of every reader: gathers rows into points, in bounded memory. */
export class CurveBuilder implements Sink {
  private readonly rows = new Rows();
  private readonly ids = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly warnings: Warnings;
  private readonly thinning: Thinning = { until: 0, strides: [] };
  private totalEpochs: number | null = null;
  private epoch = Number.NaN;
  private step = Number.NaN;
  /** Row of (epoch, step); −1 until a value is set, so that keys without values leave no point. */
  private current = -1;
  private limit = pointLimit(0);
  private ceiling = 2 * this.limit;
  private thinnedAway = 0;
  /** Positions changed since the last `takeChanges` (thinning, a late key): earlier indices are void. */
  private isShifted = false;

  /** Epochs (or steps) whose values were replaced by later ones. */
  private again: { what: 'epoch' | 'step'; from: number; to: number } | undefined;

  /** A key whose values were logged once more, the same. */
  private repeated: number | undefined;

  constructor(onWarning?: (text: string) => void) {
    this.warnings = new Warnings(onWarning);
  }

  get count(): number {
    return this.rows.count;
  }

  column(name: string): number {
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const own = detach(name);
    const id = this.isRefused(own) ? -1 : this.rows.addColumn();
    if (id >= 0) this.names.push(own);
    if (this.ids.size < 2 * METRIC_LIMIT) this.ids.set(own, id);
    this.limit = pointLimit(this.names.length);
    return id;
  }

  row(epoch: number, step: number): void {
    this.epoch = epoch;
    this.step = step;
    this.current = -1;
  }

  set(column: number, value: number): void {
    if (column < 0) return;
    if (this.current < 0) this.place();
    const again = this.rows.set(this.current, column, value);
    if (again) this.noteAgain(again);
  }

  put(row: WideRow): void {
    const { rows } = this;
    this.epoch = row.epoch;
    this.step = row.step;
    this.current = -1;
    let i = row.from;
    while (i < row.to && (row.columns[i] as number) < 0) i++;
    if (i === row.to) return;
    this.place();
    if (!rows.hasGoneBack) rows.setAll(this.current, row, i);
    else for (; i < row.to; i++) this.set(row.columns[i] as number, row.values[i] as number);
  }

  relabel(epoch: number, step: number): void {
    this.epoch = epoch;
    this.step = step;
    if (this.current < 0) return;
    this.rows.rekey(this.current, epoch, step);
    this.isShifted = true;
  }

  purge(columns: readonly number[], from: number): void {
    const own = columns.filter((column) => column >= 0);
    if (!this.rows.clear(own, from)) return;
    this.current = -1;
    this.thinning.until = Math.min(this.thinning.until, this.rows.count);
    this.isShifted = true;
  }

  total(epochs: number): void {
    if (Number.isInteger(epochs) && epochs > 0) this.totalEpochs = epochs;
  }

  warn(warning: Warning): void {
    this.warnings.add(warning);
  }

  /** The points that are new or different since the last call; `isShifted`: all of them, and former indices are void. */
  takeChanges(): { points: IndexedPoint[]; isShifted: boolean } {
    const { isShifted } = this;
    const points: IndexedPoint[] = [];
    for (let index = 0; index < this.rows.count; index++) {
      if (isShifted || this.rows.changed[index] === 1) points.push({ index, point: this.pointAt(index) });
    }
    this.rows.clearChanged();
    this.isShifted = false;
    return { points, isShifted };
  }

  build(format: string, file: string): Curve {
    const points = Array.from({ length: this.rows.count }, (_, row) => this.pointAt(row));
    const warnings = this.warnings.list();
    const curve: Curve = {
      format,
      file,
      points,
      metrics: [...this.names],
      warnings,
      totalEpochs: this.totalEpochs,
    };
    if (this.again) warnings.push(describeAgain(this.again));
    if (this.thinnedAway > 0) {
      curve.thinnedFrom = points.length + this.thinnedAway;
      warnings.push(
        `${curve.thinnedFrom} points were logged; ${points.length} of them are kept ` +
          `(first, last, lowest and highest of every metric among them)`,
      );
    }
    return curve;
  }

  pointAt(row: number): Point {
    const values = Object.create(NOTHING) as Record<string, number>;
    const { columns } = this.rows;
    for (let id = 0; id < columns.length; id++) {
      const column = columns[id] as Column;
      if (column.present[row] === 1) values[this.names[id] as string] = column.values[row] as number;
    }
    return { step: orNull(this.rows.steps[row]), epoch: orNull(this.rows.epochs[row]), values };
  }

  private noteAgain(how: Again): void {
    const what = Number.isNaN(this.epoch) ? 'step' : 'epoch';
    const at = what === 'epoch' ? this.epoch : this.step;
    // One key repeated word for word is no resume: boosting libraries say their best round once more at the end.
    if (how === 'repeated' && (this.repeated === undefined || this.repeated === at) && !this.again) {
      this.repeated = at;
      return;
    }
    if (this.repeated !== undefined) this.again ??= { what, from: this.repeated, to: this.repeated };
    this.again ??= { what, from: at, to: at };
    this.again.from = Math.min(this.again.from, at);
    this.again.to = Math.max(this.again.to, at);
  }

  private place(): void {
    if (this.rows.count >= this.ceiling) this.thin();
    this.current = this.rows.at(this.epoch, this.step);
  }

  private thin(): void {
    const before = this.rows.count;
    this.current = this.rows.retain(chooseKept(this.rows, this.thinning, this.limit), this.current);
    this.thinning.until -= before - this.rows.count;
    this.thinnedAway += before - this.rows.count;
    this.ceiling = 2 * Math.max(this.limit, this.rows.count);
    this.isShifted = true;
  }

  private isRefused(name: string): boolean {
    if (FORBIDDEN.has(name) || name === '') return true;
    if (this.names.length < METRIC_LIMIT && name.length <= NAME_LIMIT) return false;
    const message =
      name.length > NAME_LIMIT
        ? `names longer than ${NAME_LIMIT} characters are no metrics`
        : `more than ${METRIC_LIMIT} different names are logged; the others are left out, such as '${name}'`;
    this.warn({ kind: `refused-${name.length > NAME_LIMIT}`, message });
    return true;
  }
}

function describeAgain({ what, from, to }: { what: string; from: number; to: number }): string {
  const which = from === to ? `${what} ${from} was` : `${what}s ${from} to ${to} were`;
  return `${which} logged again, as after a resume or by another run or fold; the later values count`;
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
