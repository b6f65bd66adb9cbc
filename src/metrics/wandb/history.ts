import type { Sink, WideRow } from '../_contract.ts';
import { findAxes } from '../axis.ts';
import { BYTES, Cursor, VARINT } from '../protobuf/cursor.ts';
import { NameTable } from '../protobuf/name-table.ts';
import { JsonNumber, numbersIn } from './json-value.ts';
import { Scanner } from './scanner.ts';

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
  /** A bit of its own where the name could be an axis; 0 where it could not. */
  axisBit: number;
  /** Number of the group (the part of the name before its last piece); −1 where the name has one piece. */
  group: number;
  isType: boolean;
  /** The scanner knows it. */
  isScanned: boolean;
}

/** Which keys of a record are its epoch, step and number of epochs; −1 where it has none. */
interface Axes {
  epoch: number;
  step: number;
  total: number;
}

/** Keys as `NameTable` gives them; a hostile log brings more, over and over. */
const KEY_LIMIT = 4000;
/** Keys that could be axes; further ones are metrics. */
const AXIS_LIMIT = 30;

/** Puts W&B's history records into rows, a record a row. Nested keys are joined by points, as W&B's own pages show them. */
export class HistoryReader {
  private readonly sink: Sink;
  private readonly history = new Cursor();
  private readonly item = new Cursor();
  private readonly number = new JsonNumber();
  private readonly keys: Key[] = [];
  private readonly plain: NameTable;
  private readonly groups = new Map<string, number>();
  private readonly media = new Set<number>();
  /** Keys and numbers of the record, `count` of them. */
  private readonly ids = new Int32Array(ITEM_LIMIT);
  private readonly values = new Float64Array(ITEM_LIMIT);
  private count = 0;
  /** Columns of keys that are always metrics; −1 for others. */
  private readonly metrics = new Int32Array(KEY_LIMIT).fill(-1);
  private readonly row: WideRow = {
    epoch: Number.NaN,
    step: Number.NaN,
    from: 0,
    to: 0,
    columns: this.ids,
    values: this.values,
  };
  /** Keys that could be axes, by their bits; and what they are together, by the bits of all in a record. */
  private readonly axisKeys: number[] = [];
  private readonly axesOf = new Map<number, Axes>();
  private formerBits = 0;
  private formerAxes: Axes = { epoch: -1, step: -1, total: -1 };
  private readonly joined = Buffer.alloc(2048);
  private scanner: Scanner | undefined;

  constructor(sink: Sink) {
    this.sink = sink;
    this.plain = new NameTable((name) => this.addKey(name));
  }

  /** What reads the common records from now on. */
  scan(): Scanner {
    const scanner = (this.scanner ??= new Scanner((from, to, bits, step) =>
      this.put(scanner.ids, scanner.values, from, to, bits, step),
    ));
    return scanner;
  }

  /** Returns whether the history record is well formed. */
  read(bytes: Buffer, from: number, to: number): boolean {
    const { history } = this;
    this.count = 0;
    this.plain.begin();
    let step = Number.NaN;
    history.open(bytes, this.readPlain(bytes, from, to), to);
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
    this.put(this.ids, this.values, 0, this.count, this.bits(), step);
    return true;
  }

  /**
   * Reads items as nearly all are: one piece of a key, a number, each length a single byte. Returns the offset of the first
   * item of another kind.
   */
  private readPlain(bytes: Buffer, from: number, to: number): number {
    const { plain, number, ids, values } = this;
    let at = from;
    let count = 0;
    while (at + ITEM_BYTES < to && bytes[at] === ITEM_TAG && count < ITEM_LIMIT) {
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
      if (!number.read(bytes, value, end)) break;
      const id = plain.at(bytes, key, keyEnd);
      if (this.scanner) this.tellScanner(bytes, at + 2, keyEnd + 2, id);
      ids[count] = id;
      values[count++] = number.value;
      at = end;
    }
    this.count = count;
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
    if ((this.keys[id] as Key).isType) this.addMedium((this.keys[id] as Key).group);
    if (this.number.read(item.bytes, start, end)) {
      if (this.scanner) this.tellScanner(item.bytes, this.history.start, start - 1, id);
      this.add(id, this.number.value);
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

  /** The bytes before the length of the value, here a single byte, are the same in each item of the key. */
  private tellScanner(bytes: Buffer, from: number, to: number, id: number): void {
    const key = this.keys[id] as Key;
    key.isScanned ||= this.scanner?.putKey(bytes, from, to, id, key.axisBit) === true;
  }

  private put(
    ids: Int32Array,
    values: Float64Array,
    from: number,
    to: number,
    bits: number,
    recordStep: number,
  ): void {
    const { keys, media, metrics, row } = this;
    const { epoch, step, total } = this.axes(bits);
    row.epoch = Number.NaN;
    row.step = recordStep;
    let filled = from;
    // Metrics take the places of the keys, which are not needed any more.
    for (let i = from; i < to; i++) {
      const id = ids[i] as number;
      const value = values[i] as number;
      let column = id < KEY_LIMIT ? (metrics[id] as number) : -1;
      if (column < 0) {
        const key = keys[id] as Key;
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

  private columnOf(key: Key): number {
    if (key.column === -2) key.column = isOwn(key.name) ? -1 : this.sink.column(key.name);
    return key.column;
  }

  private addMedium(group: number): void {
    this.media.add(group);
    this.metrics.fill(-1);
  }

  private add(id: number, value: number): void {
    if (this.count >= ITEM_LIMIT) return;
    this.ids[this.count] = id;
    this.values[this.count++] = value;
  }

  /** The axis bits of the record's keys together. */
  private bits(): number {
    const { ids, keys, count } = this;
    let bits = 0;
    for (let i = 0; i < count; i++) bits |= (keys[ids[i] as number] as Key).axisBit;
    return bits;
  }

  private axes(bits: number): Axes {
    if (bits === this.formerBits) return this.formerAxes;
    let axes = this.axesOf.get(bits);
    if (!axes) {
      axes = this.findAxes(bits);
      if (this.axesOf.size < ITEM_LIMIT) this.axesOf.set(bits, axes);
    }
    this.formerBits = bits;
    this.formerAxes = axes;
    return axes;
  }

  private findAxes(bits: number): Axes {
    const keys = this.axisKeys.filter((_, place) => (bits & (1 << place)) !== 0);
    const found = findAxes(keys.map((id) => (this.keys[id] as Key).name));
    const at = (name: string | undefined): number =>
      keys.find((id) => (this.keys[id] as Key).name === name) ?? -1;
    return { epoch: at(found.epoch), step: at(found.step), total: at(found.total) };
  }

  private addKey(name: string): number {
    const { epoch, step, total } = findAxes([name]);
    const mayBeAxis = epoch !== undefined || step !== undefined || total !== undefined;
    const isAxis = mayBeAxis && this.axisKeys.length < AXIS_LIMIT;
    const axisBit = isAxis ? 1 << this.axisKeys.length : 0;
    const id = this.keys.push({ name, column: -2, axisBit, group: -1, isType: false, isScanned: false }) - 1;
    if (isAxis) this.axisKeys.push(id);
    return id;
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
