import { BYTES, Cursor, FIXED32, FIXED64, VARINT } from '../protobuf/cursor.ts';
import { scalarOf } from './tensor.ts';

/** Event: wall_time 1, step 2, summary 5, session_log 7. Summary: value 1. SessionLog: status 1. */
const WALL_TIME = 1;
const STEP = 2;
const SUMMARY = 5;
const SESSION_LOG = 7;
/** Summary.Value: tag 1, simple_value 2, tensor 8. */
const TAG = 1;
const SIMPLE_VALUE = 2;
const TENSOR = 8;
const START = 1;

/** Takes what an event says. */
export interface EventTarget {
  scalar(
    tag: { bytes: Buffer; start: number; end: number },
    step: number,
    value: number,
    seconds: number,
  ): void;
  /** Of any kind, also images and the like. */
  other(tag: { bytes: Buffer; start: number; end: number }): void;
  /** The training was (re)started at a step: what was logged of it and later steps is void. */
  restart(step: number, seconds: number): void;
}

/** Reads events (tensorflow/core/util/event.proto) as far as they hold scalars. */
export class EventReader {
  private readonly target: EventTarget;
  private readonly event = new Cursor();
  private readonly summary = new Cursor();
  private readonly value = new Cursor();
  private readonly tag = { bytes: Buffer.alloc(0) as Buffer, start: 0, end: 0 };

  constructor(target: EventTarget) {
    this.target = target;
  }

  /** Returns whether the bytes are an event. */
  read(bytes: Buffer, start: number, end: number): boolean {
    const { event } = this;
    let seconds = Number.NaN;
    let step = 0;
    let isStart = false;
    event.open(bytes, start, end);
    while (event.next()) {
      if (event.field === WALL_TIME && event.wire === FIXED64) seconds = event.double();
      else if (event.field === STEP && event.wire === VARINT) step = event.number;
      else if (event.field === SESSION_LOG && event.wire === BYTES) isStart ||= this.isStart();
      else if (event.field === SUMMARY && event.wire === BYTES && !this.readSummary(step, seconds))
        return false;
    }
    if (isStart) this.target.restart(step, seconds);
    return !event.isBroken;
  }

  private isStart(): boolean {
    this.summary.enter(this.event);
    let status = 0;
    while (this.summary.next()) if (this.summary.field === 1) status = this.summary.number;
    return status === START;
  }

  private readSummary(step: number, seconds: number): boolean {
    const { summary } = this;
    summary.enter(this.event);
    while (summary.next()) {
      if (summary.field === 1 && summary.wire === BYTES && !this.readValue(step, seconds)) return false;
    }
    return !summary.isBroken;
  }

  private readValue(step: number, seconds: number): boolean {
    const { value, tag } = this;
    let number: number | undefined;
    tag.end = tag.start = 0;
    value.enter(this.summary);
    tag.bytes = value.bytes;
    while (value.next()) {
      if (value.field === TAG && value.wire === BYTES) {
        tag.start = value.start;
        tag.end = value.end;
      } else if (value.field === SIMPLE_VALUE && value.wire === FIXED32) number = value.float();
      else if (value.field === TENSOR && value.wire === BYTES) number = scalarOf(value);
    }
    if (value.isBroken) return false;
    if (tag.end === tag.start) return true;
    if (number === undefined) this.target.other(tag);
    else this.target.scalar(tag, step, number, seconds);
    return true;
  }
}
