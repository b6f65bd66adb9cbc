import type { Sink } from '../_contract.ts';
import type { RecordDefaults } from '../record.ts';
import type { Marker } from './marker.ts';
import type { Bar } from './noise.ts';

/** Which epoch and step the lines of a log belong to, and the rows they make. */
export class LogPosition {
  private readonly sink: Sink;
  private epoch = Number.NaN;
  private step = Number.NaN;
  /** Names set in the row that has no epoch and step (yet): where one repeats, a new row begins. */
  private readonly open = new Set<string>();
  /** Keras's bar that ran to its end in this epoch: any other bar before the next epoch is an evaluation. */
  private finished: { length: number; isOver: boolean } | undefined;
  private lastBar = 0;
  private barEpoch = Number.NaN;
  /** Epochs are named by words, so that counters in brackets and bars only count batches. */
  private hasWords = false;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  /** Whether an epoch or step has been named. */
  get isKnown(): boolean {
    return !Number.isNaN(this.epoch) || !Number.isNaN(this.step);
  }

  key(): RecordDefaults {
    return { epoch: this.epoch, step: this.step };
  }

  /** Takes note of what a line says of its place. */
  move(marker: Marker, hasMetrics: boolean, bar: Bar | undefined): void {
    const { epoch, step, isTrailing } = marker;
    if (epoch !== undefined && isTrailing && !this.isKnown && this.open.size > 0) {
      this.sink.relabel(epoch, Number.NaN);
      this.open.clear();
      return;
    }
    // In a sentence without metrics (`saving checkpoint of epoch 3`) an epoch is only mentioned.
    if (epoch !== undefined && (hasMetrics || marker.isHeading)) {
      this.hasWords = true;
      if (epoch !== this.epoch || marker.isHeading) this.finished = undefined;
      this.moveTo(epoch, step);
    } else if (step !== undefined && hasMetrics) {
      this.hasWords = true;
      this.moveTo(Number.isNaN(this.epoch) ? undefined : this.epoch, step);
    } else if (hasMetrics && !this.hasWords) {
      if (marker.count) {
        this.sink.total(marker.count.length);
        this.moveTo(marker.count.position, undefined);
      } else if (bar) this.moveByBar(bar);
    }
  }

  moveTo(epoch: number | undefined, step: number | undefined): void {
    this.epoch = epoch ?? Number.NaN;
    this.step = step ?? Number.NaN;
    this.open.clear();
  }

  /** The row is no longer the one that lines without a place add to. */
  leave(): void {
    this.open.clear();
  }

  add(metrics: readonly (readonly [name: string, value: number])[]): void {
    const { sink } = this;
    if (this.isKnown) sink.row(this.epoch, this.step);
    else if (this.open.size === 0) sink.row(Number.NaN, Number.NaN);
    for (const [name, value] of metrics) {
      if (!this.isKnown) {
        if (this.open.has(name)) {
          sink.row(Number.NaN, Number.NaN);
          this.open.clear();
        }
        this.open.add(name);
      }
      sink.set(sink.column(name), value);
    }
  }

  /** Whether Keras's bar is that of an evaluation after the epoch's own. */
  isEvaluation({ position, length }: Bar): boolean {
    const { finished } = this;
    if (!finished) {
      if (position === length) this.finished = { length, isOver: false };
      return false;
    }
    if (length === finished.length && position === length && !finished.isOver) return false;
    finished.isOver = true;
    return true;
  }

  /** A bar in a log that names no epochs: it counts them, until a second bar shows that it counted batches. */
  private moveByBar({ position }: Bar): void {
    if (position < this.lastBar) this.barEpoch = Number.isNaN(this.barEpoch) ? 2 : this.barEpoch + 1;
    this.lastBar = position;
    this.moveTo(Number.isNaN(this.barEpoch) ? undefined : this.barEpoch, position);
  }
}
