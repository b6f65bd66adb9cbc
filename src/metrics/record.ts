import type { Sink } from './_contract.ts';
import { findAxes } from './axis.ts';
import { isPhaseKey, phaseOf, withPhase } from './phase.ts';
import { readNumber } from './number.ts';

const DEPTH_LIMIT = 8;
const LAYOUT_LIMIT = 100;
const UNKNOWN = -2;
const METRIC_NAME_KEY = /^(?:metric|metric_?name|name|key|tag)$/i;

/** What the keys of one kind of record mean, by position. */
export interface RecordLayout {
  names: string[];
  phase: string | undefined;
  epoch: number;
  step: number;
  total: number;
  /** Column of each key, made when it is first needed. */
  columns: number[];
}

export interface RecordDefaults {
  epoch?: number;
  step?: number;
}

/** Puts records' numbers into a sink under flattened names (`{"val": {"loss": 0.5}}` is `val/loss`), epoch and step told apart. */
export class RecordReader {
  private readonly sink: Sink;
  private readonly layouts = new Map<string, RecordLayout>();
  private last: RecordLayout | undefined;
  private names: string[] = [];
  private values: number[] = [];
  private texts: [name: string, text: string][] = [];
  private isPlain = true;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  /** Numbers of the record last read, by key; undefined where they mean more than their keys say. */
  get lastValues(): readonly number[] | undefined {
    return this.isPlain ? this.values : undefined;
  }

  /** `defaults`: epoch and step of a record that names none. Returns the number of metrics found. */
  read(record: object, defaults?: RecordDefaults): number {
    this.names.length = 0;
    this.values.length = 0;
    this.texts.length = 0;
    this.isPlain = true;
    this.flatten(record, '', 0);
    if (this.names.length === 0) return 0;
    const layout = this.layout();
    const tidy = this.texts.length > 0 ? this.tidyName() : undefined;
    if (tidy === undefined) return this.put(layout, this.values, defaults);
    this.isPlain = false;
    this.sink.row(
      axis(this.values, layout.epoch, defaults?.epoch),
      axis(this.values, layout.step, defaults?.step),
    );
    const value = this.values[this.names.indexOf('value')] as number;
    this.sink.set(this.sink.column(withPhase(layout.phase, tidy)), value);
    return 1;
  }

  /** What `put` needs to take further records of the same keys. */
  get lastLayout(): RecordLayout | undefined {
    return this.last;
  }

  /** Puts the numbers of a record whose keys are known. */
  put(layout: RecordLayout, values: readonly number[], defaults?: RecordDefaults): number {
    const { sink } = this;
    const { columns, epoch, step, total } = layout;
    if (total >= 0) sink.total(values[total] as number);
    sink.row(axis(values, epoch, defaults?.epoch), axis(values, step, defaults?.step));
    let found = 0;
    for (let i = 0; i < columns.length; i++) {
      if (i === epoch || i === step || i === total) continue;
      let column = columns[i] as number;
      if (column === UNKNOWN) {
        column = sink.column(withPhase(layout.phase, layout.names[i] as string));
        columns[i] = column;
      }
      sink.set(column, values[i] as number);
      found++;
    }
    return found;
  }

  /** `{"name": "val_loss", "value": 0.5, "step": 3}`: one metric a record, its name being a value. */
  private tidyName(): string | undefined {
    return this.names.includes('value')
      ? this.texts.find(([name]) => METRIC_NAME_KEY.test(name))?.[1]
      : undefined;
  }

  private flatten(value: object, prefix: string, depth: number): void {
    for (const key of Object.keys(value)) {
      const item = (value as Record<string, unknown>)[key];
      const name = prefix === '' ? key : prefix + key;
      if (typeof item === 'number') this.add(name, item);
      else if (typeof item === 'string') this.addText(name, item);
      else if (item !== null && typeof item === 'object') {
        if (!Array.isArray(item)) {
          if (depth < DEPTH_LIMIT) this.flatten(item, `${name}/`, depth + 1);
        } else if (item.length === 1 && typeof item[0] === 'number') this.add(name, item[0]);
      }
    }
  }

  private add(name: string, value: number): void {
    this.names.push(name);
    this.values.push(value);
  }

  private addText(name: string, text: string): void {
    const number = text.length > 60 ? undefined : readNumber(text);
    if (number !== undefined) {
      this.isPlain = false;
      this.add(name, number);
    } else this.texts.push([name, text]);
  }

  private layout(): RecordLayout {
    const phase = this.texts.length > 0 ? this.phase() : undefined;
    if (this.last && this.last.phase === phase && areEqual(this.last.names, this.names)) return this.last;
    const key = `${phase ?? ''}\n${this.names.join('\n')}`;
    let layout = this.layouts.get(key);
    if (!layout) {
      const { epoch, step, total } = findAxes(this.names);
      const at = (name: string | undefined): number => (name === undefined ? -1 : this.names.indexOf(name));
      layout = {
        names: [...this.names],
        phase,
        epoch: at(epoch),
        step: at(step),
        total: at(total),
        columns: this.names.map(() => UNKNOWN),
      };
      if (this.layouts.size < LAYOUT_LIMIT) this.layouts.set(key, layout);
    }
    this.last = layout;
    return layout;
  }

  private phase(): string | undefined {
    for (const [name, text] of this.texts) {
      const phase = isPhaseKey(name) ? phaseOf(text) : undefined;
      if (phase !== undefined) return phase;
    }
    return undefined;
  }
}

function axis(values: readonly number[], at: number, otherwise = Number.NaN): number {
  const value = at < 0 ? Number.NaN : (values[at] as number);
  return Number.isFinite(value) ? value : otherwise;
}

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
