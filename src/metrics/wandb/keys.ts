import { findAxes } from '../axis.ts';
import { NameTable } from '../protobuf/name-table.ts';

/** What marks a value as a picture, a histogram, a table. */
const TYPE_KEY = '_type';
/** Keys that could be axes; further ones are metrics. */
const AXIS_LIMIT = 30;
/** Combinations of axes remembered. */
const AXES_LIMIT = 10_000;

export interface Key {
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
export interface Axes {
  epoch: number;
  step: number;
  total: number;
}

/** The keys of a log by their numbers, and which of them are axes. */
export class Keys {
  private readonly keys: Key[] = [];
  private readonly table = new NameTable((name) => this.add(name));
  private readonly groups = new Map<string, number>();
  /** Keys that could be axes, by their bits; and what they are together, by the bits of all in a record. */
  private readonly axisKeys: number[] = [];
  private readonly axesOf = new Map<number, Axes>();
  private formerBits = 0;
  private formerAxes: Axes = { epoch: -1, step: -1, total: -1 };

  /** The keys that follow are those of another record. */
  begin(): void {
    this.table.begin();
  }

  /** Number of the key whose name lies there. */
  at(bytes: Buffer, from: number, to: number): number {
    return this.table.at(bytes, from, to);
  }

  get(id: number): Key {
    return this.keys[id] as Key;
  }

  /** Number of the key of the first `length` bytes, whose last piece is `lastLength` long. */
  nested(bytes: Buffer, length: number, lastLength: number): number {
    const id = this.at(bytes, 0, length);
    const key = this.keys[id] as Key;
    if (key.group >= 0) return id;
    const parent = bytes.toString('utf8', 0, length - lastLength);
    let group = this.groups.get(parent);
    if (group === undefined) {
      group = this.groups.size;
      this.groups.set(parent, group);
    }
    key.group = group;
    key.isType = key.name === parent + TYPE_KEY;
    return id;
  }

  /** The axis bits of the first `count` keys together. */
  bits(ids: Int32Array, count: number): number {
    const { keys } = this;
    let bits = 0;
    for (let i = 0; i < count; i++) bits |= (keys[ids[i] as number] as Key).axisBit;
    return bits;
  }

  axes(bits: number): Axes {
    if (bits === this.formerBits) return this.formerAxes;
    let axes = this.axesOf.get(bits);
    if (!axes) {
      axes = this.findAxes(bits);
      if (this.axesOf.size < AXES_LIMIT) this.axesOf.set(bits, axes);
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

  private add(name: string): number {
    const { epoch, step, total } = findAxes([name]);
    const mayBeAxis = epoch !== undefined || step !== undefined || total !== undefined;
    const isAxis = mayBeAxis && this.axisKeys.length < AXIS_LIMIT;
    const axisBit = isAxis ? 1 << this.axisKeys.length : 0;
    const id = this.keys.push({ name, column: -2, axisBit, group: -1, isType: false, isScanned: false }) - 1;
    if (isAxis) this.axisKeys.push(id);
    return id;
  }
}
