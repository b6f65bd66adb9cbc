import type { Member, Sink } from '../_contract.ts';
import { NameTable } from '../protobuf/name-table.ts';
import { EventReader, type EventTarget } from './event.ts';
import { Records } from './records.ts';

/** Where the scalars of a file go, and what they are called. */
export interface PartTarget {
  /** A number for a tag; −1 where its values are not wanted. */
  tag(name: string): number;
  put(tag: number, step: number, value: number, seconds: number): void;
  restart(step: number, seconds: number): void;
  /** A tag without a scalar. */
  other?(name: string): void;
}

/** Cuts one event file into scalars, each tag's name being made a string only once. */
export class EventsFile implements EventTarget {
  private readonly records: Records;
  private readonly events = new EventReader(this);
  private readonly tags: NameTable;
  private readonly others: NameTable;
  private readonly target: PartTarget;

  constructor(member: Member, sink: Pick<Sink, 'warn'>, target: PartTarget) {
    this.target = target;
    this.tags = new NameTable((name) => target.tag(name));
    this.others = new NameTable((name) => {
      target.other?.(name);
      return 0;
    });
    this.records = new Records(sink, member.name, (bytes, start, end, offset) => {
      if (!this.events.read(bytes, start, end))
        sink.warn({
          kind: 'tfevents-malformed',
          message: `${member.name}: the record at byte ${offset} is no event, left out`,
        });
    });
  }

  push(bytes: Buffer): void {
    this.records.push(bytes);
  }

  end(): void {
    this.records.end();
  }

  scalar(
    tag: { bytes: Buffer; start: number; end: number },
    step: number,
    value: number,
    seconds: number,
  ): void {
    const id = this.tags.at(tag.bytes, tag.start, tag.end);
    if (id >= 0) this.target.put(id, step, value, seconds);
  }

  other(tag: { bytes: Buffer; start: number; end: number }): void {
    this.others.at(tag.bytes, tag.start, tag.end);
  }

  restart(step: number, seconds: number): void {
    this.target.restart(step, seconds);
  }
}
