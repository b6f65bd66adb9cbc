import type { Sink } from './_contract.ts';
import { findAxes } from './axis.ts';
import { isPhaseKey, phaseOf, withPhase } from './phase.ts';
import { readNumber } from './number.ts';

const DEPTH_LIMIT = 8;
const LAYOUT_LIMIT = 100;
const METRIC_NAME_KEY = /^(?:metric|metric_?name|name|key|tag)$/i;

/** What the keys of one kind of record mean, by position. */
interface Layout {
  names: string[];
  phase: string | undefined;
  epoch: number;
  step: number;
  total: number;
  /** Column of each key; −1 for the axes. */
  columns: number[];
}

export interface RecordDefaults {
  epoch?: number;
  step?: number;
}

/** Puts records' numbers into a sink under flattened names (`{"val": {"loss": 0.5}}` is `val/loss`), epoch and step told apart. */
export class RecordReader {
  private readonly sink: Sink;
  private readonly layouts = new Map<string, Layout>();
  private last: Layout | undefined;
  private names: string[] = [];
  private values: number[] = [];
  private texts: [name: string, text: string][] = [];

  constructor(sink: Sink) {
    this.sink = sink;
  }

  /** `defaults`: epoch and step of a record that names none. Returns the number of metrics found. */
  read(record: object, defaults?: RecordDefaults): number {
    this.names.length = 0;
    this.values.length = 0;
    this.texts.length = 0;
    this.flatten(record, '', 0);
    if (this.names.length === 0) return 0;
    const layout = this.layout();
    const total = this.values[layout.total];
    if (total !== undefined) this.sink.total(total);
    this.sink.row(
      this.axis(layout.epoch) ?? defaults?.epoch ?? Number.NaN,
      this.axis(layout.step) ?? defaults?.step ?? Number.NaN,
    );
    const tidy = this.texts.length > 0 ? this.tidyName() : undefined;
    if (tidy !== undefined) {
      this.sink.set(
        this.sink.column(withPhase(layout.phase, tidy)),
        this.values[this.names.indexOf('value')] as number,
      );
      return 1;
    }
    let found = 0;
    for (let i = 0; i < layout.columns.length; i++) {
      if (i === layout.epoch || i === layout.step || i === layout.total) continue;
      const column = (layout.columns[i] ??= this.sink.column(
        withPhase(layout.phase, layout.names[i] as string),
      ));
      this.sink.set(column, this.values[i] as number);
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
    if (number !== undefined) this.add(name, number);
    else this.texts.push([name, text]);
  }

  private axis(at: number): number | undefined {
    const value = this.values[at];
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  }

  private layout(): Layout {
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
        columns: [],
      };
      layout.columns.length = this.names.length;
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

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
