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
/** Bytes of the fields' tags: item 1, nested_key 2, value_json 16 (its second byte is 1); and what an item has at least. */
const ITEM_TAG = 0x0a;
const KEY_TAG = 0x12;
const VALUE_TAG = 0x82;
const ITEM_BYTES = 7;

interface Key {
  name: string;
  /** −2 until the first value. */
  column: number;
  axis: 'epoch' | 'step' | 'total' | undefined;
  /** Number of the group (the part of the name before its last piece); −1 where the name has one piece. */
  group: number;
  isType: boolean;
}

/** Positions in a record of its epoch, step and number of epochs; −1 where it has none. */
interface Axes {
  epoch: number;
  step: number;
  total: number;
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
  /** Keys and numbers of the record, `count` of them. */
  private readonly ids = new Int32Array(ITEM_LIMIT);
  private readonly values = new Float64Array(ITEM_LIMIT);
  private count = 0;
  /** Where the axes were in the record before, and its keys: most records have the same. */
  private former: { ids: Int32Array; axes: Axes } | undefined;
  private readonly joined = Buffer.alloc(2048);

  constructor(sink: Sink) {
    this.sink = sink;
    this.plain = new NameTable((name) => this.addKey(name));
  }

  /** `outer` stands on the history record. Returns whether it is well formed. */
  read(outer: Cursor): boolean {
    const { history } = this;
    this.count = 0;
    let step = Number.NaN;
    const behind = this.readPlain(outer.bytes, outer.start, outer.end);
    history.open(outer.bytes, behind, outer.end);
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

  /**
   * Reads items as nearly all are: one piece of a key, a number, each length a single byte. Returns the offset of the first
   * item of another kind.
   */
  private readPlain(bytes: Buffer, from: number, to: number): number {
    let at = from;
    while (at + ITEM_BYTES < to && bytes[at] === ITEM_TAG && this.count < ITEM_LIMIT) {
      const end = at + 2 + (bytes[at + 1] as number);
      const key = at + 4;
      const keyEnd = key + (bytes[at + 3] as number);
      const value = keyEnd + 3;
      if (
        bytes[at + 2] !== KEY_TAG ||
        end > to ||
        value > end ||
        bytes[keyEnd] !== VALUE_TAG ||
        bytes[keyEnd + 1] !== 1 ||
        value + (bytes[keyEnd + 2] as number) !== end ||
        // A length of more than 127 takes two bytes.
        ((bytes[at + 1] as number) | (bytes[at + 3] as number) | (bytes[keyEnd + 2] as number)) >= 0x80
      )
        break;
      const number = numberIn(bytes, value, end);
      if (number === undefined) break;
      this.add(this.plain.at(bytes, key, keyEnd), number);
      at = end;
    }
    return at;
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
    if (pieces === 0 || start < 0 || this.count >= ITEM_LIMIT) return true;
    const id = pieces === 1 ? this.plain.at(item.bytes, from, to) : this.nestedKey(length, to - from);
    if ((this.keys[id] as Key).isType) this.media.add((this.keys[id] as Key).group);
    const value = numberIn(item.bytes, start, end);
    if (value !== undefined) {
      this.add(id, value);
      return true;
    }
    for (const [path, number] of numbersIn(item.bytes, start, end)) {
      this.add(this.plain.at(...whole(`${(this.keys[id] as Key).name}.${path.join('.')}`)), number);
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
    const { ids, values, count, sink } = this;
    const { epoch, step, total } = this.axes();
    if (total >= 0) sink.total(values[total] as number);
    const own = step < 0 ? Number.NaN : (values[step] as number);
    const epochValue = epoch < 0 ? Number.NaN : (values[epoch] as number);
    sink.row(Number.isFinite(epochValue) ? epochValue : Number.NaN, Number.isFinite(own) ? own : recordStep);
    for (let i = 0; i < count; i++) {
      const key = this.keys[ids[i] as number] as Key;
      if (i === epoch || i === step || i === total || this.media.has(key.group)) continue;
      if (key.column === -2) key.column = isOwn(key.name) ? -1 : sink.column(key.name);
      sink.set(key.column, values[i] as number);
    }
  }

  private add(id: number, value: number): void {
    if (this.count >= ITEM_LIMIT) return;
    this.ids[this.count] = id;
    this.values[this.count++] = value;
  }

  private axes(): Axes {
    const { former } = this;
    if (former && this.hasKeys(former.ids)) return former.axes;
    const ids = this.ids.slice(0, this.count);
    const axes = this.findAxes(ids);
    this.former = { ids, axes };
    return axes;
  }

  private hasKeys(former: Int32Array): boolean {
    if (former.length !== this.count) return false;
    for (let i = 0; i < former.length; i++) if (former[i] !== this.ids[i]) return false;
    return true;
  }

  private findAxes(ids: Int32Array): Axes {
    const keys = Array.from(ids, (id) => this.keys[id] as Key);
    const found = findAxes(keys.flatMap(({ name, axis }) => (axis === undefined ? [] : [name])));
    const at = (name: string | undefined): number => keys.findIndex((key) => key.name === name);
    return { epoch: at(found.epoch), step: at(found.step), total: at(found.total) };
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
