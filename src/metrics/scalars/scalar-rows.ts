import type { Sink } from '../_contract.ts';
import { findAxes } from '../axis.ts';

/** Values held back until the epoch of their step is known. */
const PENDING_LIMIT = 10_000;
/** Steps whose epoch is remembered, for what is logged of them later. */
const EPOCHS_LIMIT = 1000;

/** What a tag's values are: metrics of a step, the step's epoch, or metrics whose step is the epoch. */
type Role = 'metric' | 'epoch' | 'of-epoch';

interface Tag {
  role: Role;
  name: string;
  /** −2 until the first value. */
  column: number;
  lastStep: number;
}

/**
 * Makes rows of scalars that are logged one by one (TensorBoard, MLflow). Such logs know steps only; where a tag is the
 * epoch itself (`epoch` of Lightning, `train/epoch` of Hugging Face), it becomes the epoch of its step: the values of a
 * step are then held until their epoch has come, or another step begins.
 */
export class ScalarRows {
  private readonly sink: Sink;
  private readonly timeName: string;
  private readonly isEpochTag: (tag: string) => boolean;
  private readonly tags: Tag[] = [];
  private readonly epochs = new Map<number, number>();
  private time = -2;
  private hasEpochs = false;
  private step = Number.NaN;
  private isPlaced = false;
  /** Epoch of the current row, where it is placed. */
  private epoch = Number.NaN;
  private readonly furthest = { step: Number.NEGATIVE_INFINITY, epoch: Number.NEGATIVE_INFINITY };
  private readonly pending: { tag: number[]; value: number[]; seconds: number[] } = {
    tag: [],
    value: [],
    seconds: [],
  };

  /** `timeName`: the column of clock times; `isEpochTag`: whether a tag is logged with the epoch as its step. */
  constructor(sink: Sink, timeName: string, isEpochTag: (tag: string) => boolean = () => false) {
    this.sink = sink;
    this.timeName = timeName;
    this.isEpochTag = isEpochTag;
  }

  /** A number for a metric; `tag`: its own name, where `name` has more in front of it. */
  tag(name: string, tag = name): number {
    const role =
      findAxes([tag]).epoch === undefined ? (this.isEpochTag(tag) ? 'of-epoch' : 'metric') : 'epoch';
    return this.tags.push({ role, name, column: -2, lastStep: Number.NEGATIVE_INFINITY }) - 1;
  }

  /** Columns of these tags and of the clock, so far as they have values. */
  private columns(tags: Iterable<number>): number[] {
    const columns = [this.time];
    for (const tag of tags) columns.push((this.tags[tag] as Tag).column);
    return columns.filter((column) => column >= 0);
  }

  put(tag: number, step: number, value: number, seconds: number): void {
    const entry = this.tags[tag] as Tag;
    const isEpochRow = entry.role === 'of-epoch';
    const time = this.timeOf(entry, step, seconds, isEpochRow ? 'epoch' : 'step');
    if (isEpochRow) {
      this.flush();
      this.sink.row(step, Number.NaN);
      this.set(tag, value, time);
      this.step = Number.NaN;
      return;
    }
    if (step !== this.step) this.begin(step);
    if (entry.role === 'epoch') this.setEpoch(value);
    else if (this.isPlaced) this.set(tag, value, time);
    else this.hold(tag, value, time);
  }

  /** A series that fills in earlier rows leaves their time alone; one that goes back itself was resumed, and its time counts. */
  private timeOf(entry: Tag, step: number, seconds: number, axis: 'step' | 'epoch'): number {
    const isBehind = step < this.furthest[axis] && step > entry.lastStep;
    if (!isBehind) this.furthest[axis] = step;
    entry.lastStep = step;
    return isBehind ? Number.NaN : seconds;
  }

  /** The training was restarted: what these tags hold from `step` on is void. */
  purge(tags: Iterable<number>, step: number): void {
    this.flush();
    this.step = Number.NaN;
    for (const known of this.epochs.keys()) if (known >= step) this.epochs.delete(known);
    this.furthest.step = this.furthest.epoch = Number.NEGATIVE_INFINITY;
    this.sink.purge(this.columns(tags), step);
  }

  /** Puts what is held back: nothing more will come, or not soon. */
  flush(): void {
    if (this.pending.tag.length === 0) return;
    this.place(Number.NaN);
  }

  private begin(step: number): void {
    this.flush();
    this.step = step;
    this.isPlaced = false;
    const epoch = this.hasEpochs ? this.epochs.get(step) : Number.NaN;
    if (epoch !== undefined) this.place(epoch);
  }

  private setEpoch(epoch: number): void {
    if (!Number.isFinite(epoch) || epoch < 0) return;
    const { step } = this;
    this.epochs.set(step, epoch);
    if (this.epochs.size > EPOCHS_LIMIT) this.epochs.delete(this.epochs.keys().next().value as number);
    if (!this.isPlaced) this.place(epoch);
    else if (Number.isNaN(this.epoch)) {
      this.sink.relabel(epoch, step);
      this.epoch = epoch;
    }
    this.hasEpochs = true;
  }

  private hold(tag: number, value: number, seconds: number): void {
    const { pending } = this;
    pending.tag.push(tag);
    pending.value.push(value);
    pending.seconds.push(seconds);
    if (pending.tag.length >= PENDING_LIMIT) this.flush();
  }

  private place(epoch: number): void {
    this.sink.row(epoch, this.step);
    this.epoch = epoch;
    this.isPlaced = true;
    const { pending } = this;
    for (let i = 0; i < pending.tag.length; i++)
      this.set(pending.tag[i] as number, pending.value[i] as number, pending.seconds[i] as number);
    pending.tag.length = 0;
    pending.value.length = 0;
    pending.seconds.length = 0;
  }

  private set(tag: number, value: number, seconds: number): void {
    const entry = this.tags[tag] as Tag;
    if (entry.column === -2) entry.column = this.sink.column(entry.name);
    this.sink.set(entry.column, value);
    if (Number.isNaN(seconds)) return;
    if (this.time === -2) this.time = this.sink.column(this.timeName);
    this.sink.set(this.time, seconds);
  }
}
