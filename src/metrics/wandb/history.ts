import type { Sink } from '../_contract.ts';
import { BYTES, Cursor, VARINT } from '../protobuf/cursor.ts';
import { JsonNumber, numbersIn } from './json-value.ts';
import { Keys } from './keys.ts';
import { RowExpress } from './row-express.ts';
import { RowWriter } from './row-writer.ts';

/** HistoryRecord: item 1, step 2 {num 1}. HistoryItem: key 1, nested_key 2 (repeated), value_json 16. */
const ITEM = 1;
const STEP = 2;
const KEY = 1;
const NESTED_KEY = 2;
const VALUE = 16;
/** Items of one record; more are data. */
const ITEM_LIMIT = 10_000;
const POINT = 46;
/** Bytes of the fields' tags: item 1, nested_key 2, value_json 16 (its second byte is 1); and what an item has at least. */
const ITEM_TAG = 0x0a;
const KEY_TAG = 0x12;
const VALUE_TAG = 0x82;
const ITEM_BYTES = 7;

/** Puts W&B's history records into rows, a record a row. Nested keys are joined by points, as W&B's own pages show them. */
export class HistoryReader {
  private readonly keys = new Keys();
  private readonly rows: RowWriter;
  private readonly history = new Cursor();
  private readonly item = new Cursor();
  private readonly number = new JsonNumber();
  /** Keys and numbers of the record, `count` of them. */
  private readonly ids = new Int32Array(ITEM_LIMIT);
  private readonly values = new Float64Array(ITEM_LIMIT);
  private count = 0;
  private readonly joined = Buffer.alloc(2048);
  private express: RowExpress | undefined;

  constructor(sink: Sink) {
    this.rows = new RowWriter(sink, this.keys);
  }

  /** What reads the common records from now on. */
  readFast(): RowExpress {
    return (this.express ??= new RowExpress(this.rows));
  }

  /** Returns whether the history record is well formed. */
  read(bytes: Buffer, from: number, to: number): boolean {
    const { history } = this;
    this.count = 0;
    this.keys.begin();
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
    this.rows.put(this.ids, this.values, 0, this.count, this.keys.bits(this.ids, this.count), step);
    return true;
  }

  /**
   * Reads items as nearly all are: one piece of a key, a number, each length a single byte. Returns the offset of the first
   * item of another kind.
   */
  private readPlain(bytes: Buffer, from: number, to: number): number {
    const { keys, number, ids, values } = this;
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
      const id = keys.at(bytes, key, keyEnd);
      if (this.express) this.tellExpress(bytes, at + 2, keyEnd + 2, id);
      ids[count] = id;
      values[count++] = number.value;
      at = end;
    }
    this.count = count;
    return at;
  }

  private readItem(): boolean {
    const { item, joined, keys } = this;
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
    const id = pieces === 1 ? keys.at(item.bytes, from, to) : keys.nested(joined, length, to - from);
    const { name, group, isType } = keys.get(id);
    if (isType) this.rows.addMedium(group);
    if (this.number.read(item.bytes, start, end)) {
      if (this.express) this.tellExpress(item.bytes, this.history.start, start - 1, id);
      this.add(id, this.number.value);
      return true;
    }
    for (const [path, number] of numbersIn(item.bytes, start, end)) {
      this.add(keys.at(...whole(`${name}.${path.join('.')}`)), number);
    }
    return true;
  }

  /** The bytes before the length of the value, here a single byte, are the same in each item of the key. */
  private tellExpress(bytes: Buffer, from: number, to: number, id: number): void {
    const key = this.keys.get(id);
    key.isScanned ||= this.express?.putKey(bytes, from, to, id, key.axisBit) === true;
  }

  private add(id: number, value: number): void {
    if (this.count >= ITEM_LIMIT) return;
    this.ids[this.count] = id;
    this.values[this.count++] = value;
  }
}

function whole(text: string): [Buffer, number, number] {
  const bytes = Buffer.from(text);
  return [bytes, 0, bytes.length];
}
