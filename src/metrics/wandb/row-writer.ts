import type { Sink, WideRow } from '../_contract.ts';
import type { Key, Keys } from './keys.ts';
import type { RowTaker } from './scanned.ts';

/** Keys that a column is remembered of; a hostile log brings more, over and over. */
const KEY_LIMIT = 4000;

/** Puts records of keys and numbers into rows of metrics. */
export class RowWriter implements RowTaker {
  private readonly sink: Sink;
  private readonly keys: Keys;
  private readonly media = new Set<number>();
  /** Columns of keys that are always metrics; −1 for others. */
  private readonly metrics = new Int32Array(KEY_LIMIT).fill(-1);
  private readonly row: WideRow = {
    epoch: Number.NaN,
    step: Number.NaN,
    from: 0,
    to: 0,
    columns: this.metrics,
    values: new Float64Array(0),
  };

  constructor(sink: Sink, keys: Keys) {
    this.sink = sink;
    this.keys = keys;
  }

  /** A record: its keys' numbers and its values from `from` to `to`, which are overwritten, the axis bits of the keys together, its step. */
  put(
    ids: Int32Array,
    values: Float64Array,
    from: number,
    to: number,
    bits: number,
    recordStep: number,
  ): void {
    const { keys, media, metrics, row } = this;
    const { epoch, step, total } = keys.axes(bits);
    row.epoch = Number.NaN;
    row.step = recordStep;
    let filled = from;
    // Metrics take the places of the keys, which are not needed any more.
    for (let i = from; i < to; i++) {
      const id = ids[i] as number;
      const value = values[i] as number;
      let column = id < KEY_LIMIT ? (metrics[id] as number) : -1;
      if (column < 0) {
        const key = keys.get(id);
        if (id === epoch || id === step) {
          if (!Number.isFinite(value)) continue;
          if (id === epoch) row.epoch = value;
          else row.step = value;
          continue;
        }
        if (id === total) {
          this.sink.total(value);
          continue;
        }
        if (media.has(key.group)) continue;
        column = this.columnOf(key);
        if (column < 0) continue;
        if (key.axisBit === 0 && id < KEY_LIMIT) metrics[id] = column;
      }
      ids[filled] = column;
      values[filled++] = value;
    }
    row.from = from;
    row.to = filled;
    row.columns = ids;
    row.values = values;
    this.sink.put(row);
  }

  /** The keys of a group are no metrics. */
  addMedium(group: number): void {
    this.media.add(group);
    this.metrics.fill(-1);
  }

  private columnOf(key: Key): number {
    if (key.column === -2) key.column = isOwn(key.name) ? -1 : this.sink.column(key.name);
    return key.column;
  }
}

/** What W&B adds for itself; `_timestamp` and `_runtime` are clocks and stay. */
function isOwn(name: string): boolean {
  return name === '_step' || name.startsWith('_wandb');
}
