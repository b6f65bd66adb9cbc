import type { Sink } from '../_contract.ts';
import { findAxes } from '../axis.ts';
import { BYTES, Cursor, VARINT } from '../protobuf/cursor.ts';
import { NameTable } from '../protobuf/name-table.ts';
import { numberIn, numbersIn } from './json-value.ts';

/** HistoryRecord: item 1, step 2 {num 1}. HistoryItem: key 1, nested_key 2 (repeated), value_json 16. */
const ITEM = 1;
const STEP = 2;
const KEY = 1;
const NESTED_KEY = 2;
const VALUE = 16;
/** Items of one record; more are data. */
const ITEM_LIMIT = 10_000;
/** What marks a value as a picture, a histogram, a table. */
const TYPE_KEY = '_type';
const POINT = 46;

interface Key {
  name: string;
  /** −2 until the first value. */
  column: number;
  axis: 'epoch' | 'step' | 'total' | undefined;
  /** Number of the group (the part of the name before its last piece); −1 where the name has one piece. */
  group: number;
  isType: boolean;
}

/** Puts W&B's history records into rows, a record a row. Nested keys are joined by points, as W&B's own pages show them. */
export class HistoryReader {
  private readonly sink: Sink;
  private readonly history = new Cursor();
  private readonly item = new Cursor();
  private readonly keys: Key[] = [];
  private readonly plain: NameTable;
  private readonly groups = new Map<string, number>();
  private readonly media = new Set<number>();
  private readonly ids: number[] = [];
  private readonly values: number[] = [];
  private readonly chosen = new Map<string, { epoch: number; step: number; total: number }>();
  private readonly joined = Buffer.alloc(2048);

  constructor(sink: Sink) {
    this.sink = sink;
    this.plain = new NameTable((name) => this.addKey(name));
  }

  /** `outer` stands on the history record. Returns whether it is well formed. */
  read(outer: Cursor): boolean {
    const { history } = this;
    this.ids.length = 0;
    this.values.length = 0;
    let step = Number.NaN;
    history.enter(outer);
    while (history.next()) {
      if (history.wire !== BYTES) continue;
      if (history.field === ITEM) {
        if (!this.readItem()) return false;
      } else if (history.field === STEP) {
        this.item.enter(history);
        step = 0;
        while (this.item.next())
          if (this.item.field === 1 && this.item.wire === VARINT) step = this.item.number;
      }
    }
    if (history.isBroken) return false;
    this.put(step);
    return true;
  }

  private readItem(): boolean {
    const { item, joined } = this;
    let pieces = 0;
    let length = 0;
    let start = -1;
    let end = -1;
    let from = 0;
    let to = 0;
    item.enter(this.history);
    while (item.next()) {
      if (item.wire !== BYTES) continue;
      if ((item.field === KEY && item.end > item.start) || item.field === NESTED_KEY) {
        if (pieces === 1) length = item.bytes.copy(joined, 0, from, to);
        from = item.start;
        to = item.end;
        if (pieces > 0) {
          // A name of that length is refused anyway.
          if (length + 1 + to - from > joined.length) return true;
          joined[length++] = POINT;
          length += item.bytes.copy(joined, length, from, to);
        }
        pieces++;
      } else if (item.field === VALUE) {
        start = item.start;
        end = item.end;
      }
    }
    if (item.isBroken) return false;
    if (pieces === 0 || start < 0 || this.ids.length >= ITEM_LIMIT) return true;
    const id = pieces === 1 ? this.plain.at(item.bytes, from, to) : this.nestedKey(length, to - from);
    if ((this.keys[id] as Key).isType) this.media.add((this.keys[id] as Key).group);
    const value = numberIn(item.bytes, start, end);
    if (value !== undefined) {
      this.ids.push(id);
      this.values.push(value);
      return true;
    }
    for (const [path, number] of numbersIn(item.bytes, start, end)) {
      this.ids.push(this.plain.at(...whole(`${(this.keys[id] as Key).name}.${path.join('.')}`)));
      this.values.push(number);
    }
    return true;
  }

  /** Key of the name gathered in `joined`, whose last piece is `lastLength` long. */
  private nestedKey(length: number, lastLength: number): number {
    const id = this.plain.at(this.joined, 0, length);
    const key = this.keys[id] as Key;
    if (key.group >= 0) return id;
    const parent = this.joined.toString('utf8', 0, length - lastLength);
    let group = this.groups.get(parent);
    if (group === undefined) {
      group = this.groups.size;
      this.groups.set(parent, group);
    }
    key.group = group;
    key.isType = key.name === parent + TYPE_KEY;
    return id;
  }

  private put(recordStep: number): void {
    const { ids, values, sink } = this;
    const { epoch, step, total } = this.axes();
    if (total >= 0) sink.total(values[total] as number);
    const own = step < 0 ? Number.NaN : (values[step] as number);
    const epochValue = epoch < 0 ? Number.NaN : (values[epoch] as number);
    sink.row(Number.isFinite(epochValue) ? epochValue : Number.NaN, Number.isFinite(own) ? own : recordStep);
    for (let i = 0; i < ids.length; i++) {
      const key = this.keys[ids[i] as number] as Key;
      if (i === epoch || i === step || i === total || this.media.has(key.group)) continue;
      if (key.column === -2) key.column = isOwn(key.name) ? -1 : sink.column(key.name);
      sink.set(key.column, values[i] as number);
    }
  }

  /** Positions in the record of its epoch, step and number of epochs. */
  private axes(): { epoch: number; step: number; total: number } {
    const { ids } = this;
    let signature = '';
    for (let i = 0; i < ids.length; i++)
      if ((this.keys[ids[i] as number] as Key).axis !== undefined) signature += `${i}:${ids[i]},`;
    const known = this.chosen.get(signature);
    if (known) return known;
    const names = ids.map((id) => (this.keys[id] as Key).name);
    const found = findAxes(names.filter((_, i) => (this.keys[ids[i] as number] as Key).axis !== undefined));
    const at = (name: string | undefined): number => (name === undefined ? -1 : names.indexOf(name));
    const positions = { epoch: at(found.epoch), step: at(found.step), total: at(found.total) };
    if (this.chosen.size < 1000) this.chosen.set(signature, positions);
    return positions;
  }

  private addKey(name: string): number {
    const { epoch, step, total } = findAxes([name]);
    const axis =
      epoch !== undefined ? 'epoch' : step !== undefined ? 'step' : total !== undefined ? 'total' : undefined;
    return this.keys.push({ name, column: -2, axis, group: -1, isType: false }) - 1;
  }
}

/** What W&B adds for itself; `_timestamp` and `_runtime` are clocks and stay. */
function isOwn(name: string): boolean {
  return name === '_step' || name.startsWith('_wandb');
}

function whole(text: string): [Buffer, number, number] {
  const bytes = Buffer.from(text);
  return [bytes, 0, bytes.length];
}
