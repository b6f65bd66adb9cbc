import type { Sink } from '../_contract.ts';
import type { RecordDefaults } from '../record.ts';

/** What one line says of its place in the training. */
export interface Place {
  epoch: number | undefined;
  step: number | undefined;
  /** `[3/20]` at the beginning of the line. */
  count: { position: number; length: number } | undefined;
  /** A progress bar, Keras's excepted. */
  bar: { position: number; length: number } | undefined;
  isHeading: boolean;
  isKeyed: boolean;
  isTrailing: boolean;
  hasMetrics: boolean;
}

/** Which epoch and step the lines of a log belong to, and the rows they make. */
export class LogPosition {
  private readonly sink: Sink;
  private epoch = Number.NaN;
  private step = Number.NaN;
  /** An epoch or step has been named. */
  private isKnown = false;
  /** Names set in the row. Where one repeats in a row that has no epoch and step (yet), a new row begins. */
  private readonly open = new Set<string>();
  /** Keras's bar that ran to its end in this epoch: any other bar before the next epoch is an evaluation. */
  private finished: { length: number; isOver: boolean } | undefined;
  private lastBar = 0;
  private barEpoch = Number.NaN;
  /** Epochs are named by words, so that counters in brackets and bars only count batches. */
  private hasWords = false;
  private hasMoved = true;
  private announced: number | undefined;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  /** A training is under way, by all that was printed so far. */
  get isTraining(): boolean {
    return this.isKnown || this.open.size > 0;
  }

  key(): RecordDefaults {
    return { epoch: this.epoch, step: this.step };
  }

  move({ epoch, step, count, bar, isHeading, isKeyed, isTrailing, hasMetrics }: Place): void {
    if (epoch !== undefined && isTrailing && !this.isKnown && this.open.size > 0) {
      this.sink.relabel(epoch, Number.NaN);
      this.leave();
      return;
    }
    // `epoch: 300` among the settings: believed when metrics follow it.
    if (epoch !== undefined && epoch > 1 && isKeyed && isHeading && !hasMetrics && !this.isKnown) {
      this.announced = epoch;
      return;
    }
    // In a sentence without metrics (`saving checkpoint of epoch 3`) an epoch is only mentioned.
    if (epoch !== undefined && (hasMetrics || isHeading)) {
      this.hasWords = true;
      if (epoch !== this.epoch || isHeading) this.finished = undefined;
      this.moveTo(epoch, step);
    } else if (step !== undefined && (hasMetrics || isHeading)) {
      this.hasWords = true;
      this.moveTo(this.epoch, step);
    } else if (hasMetrics && !this.hasWords) {
      if (count) {
        this.sink.total(count.length);
        this.moveTo(count.position, undefined);
      } else if (bar) this.moveByBar(bar.position);
    }
  }

  moveTo(epoch: number | undefined, step: number | undefined): void {
    const [nextEpoch, nextStep] = [epoch ?? Number.NaN, step ?? Number.NaN];
    this.announced = undefined;
    if (Object.is(nextEpoch, this.epoch) && Object.is(nextStep, this.step)) return;
    this.epoch = nextEpoch;
    this.step = nextStep;
    this.isKnown = !Number.isNaN(nextEpoch) || !Number.isNaN(nextStep);
    this.leave();
  }

  /** Something else has moved the sink to another row. */
  leave(): void {
    this.hasMoved = true;
    this.open.clear();
  }

  /** `label`: what the line is about, for names that the row already has. */
  add(metric: string, value: number, label?: string): void {
    const { sink } = this;
    if (this.announced !== undefined) this.moveTo(this.announced, undefined);
    const name = label !== undefined && this.open.has(metric) ? `${label}/${metric}` : metric;
    if (this.hasMoved || (!this.isKnown && this.open.has(name))) {
      sink.row(this.epoch, this.step);
      this.open.clear();
      this.hasMoved = false;
    }
    this.open.add(name);
    sink.set(sink.column(name), value);
  }

  /** Whether Keras's bar is that of an evaluation after the epoch's own. */
  isEvaluation({ position, length }: { position: number; length: number }): boolean {
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
  private moveByBar(position: number): void {
    if (position < this.lastBar) this.barEpoch = Number.isNaN(this.barEpoch) ? 2 : this.barEpoch + 1;
    this.lastBar = position;
    this.moveTo(this.barEpoch, position);
  }
}
