import type { Sink } from '../_contract.ts';
import { detach } from '../detach.ts';
import { phaseOf } from '../phase.ts';
import type { FoundMetric } from './line.ts';
import type { Marker } from './marker.ts';
import type { Bar } from './noise.ts';
import type { LogPosition } from './position.ts';
import type { LineShape, Slot } from './shape.ts';
import { readAt, type Reading, type Span } from './span.ts';

/** A number of a line: where it stands, or, without digits (`nan`), what it always is. */
type Field = { slot: Slot } | { constant: number };

interface PlannedMetric {
  name: string;
  label: string | undefined;
  field: Field;
  kind: Reading['kind'];
  divisor: Slot | undefined;
  factor: number | undefined;
}

export interface LineFindings {
  marker: Marker;
  bar: Bar | undefined;
  metrics: readonly FoundMetric[];
}

/** How lines of one shape are read: found out once, by reading the first of them, then only carried out. */
export class LinePlan {
  private readonly metrics: PlannedMetric[];
  private readonly epoch: Slot | undefined;
  private readonly step: Slot | undefined;
  private readonly total: Slot | undefined;
  private readonly count: { position: Slot | undefined; length: Slot | undefined } | undefined;
  private readonly bar: { position: Slot | undefined; length: Slot | undefined } | undefined;
  private readonly isKeras: boolean;
  private readonly isHeading: boolean;
  private readonly isKeyed: boolean;
  private readonly isTrailing: boolean;
  /** What such lines measure: the phase that begins the name of a metric. */
  readonly phase: string | undefined;
  /** Nothing in such lines counts. */
  readonly isIdle: boolean;

  /** `message` is the part of the line from `offset` on in which marker, bar and metrics were found. */
  constructor(shape: LineShape, message: string, offset: number, { marker, bar, metrics }: LineFindings) {
    const slot = (span: Span | undefined): Slot | undefined =>
      span && shape.slotOf({ start: span.start + offset, end: span.end + offset });
    this.metrics = metrics.map(({ name, label, reading }) => {
      const at = slot(reading.at);
      const field: Field = at ? { slot: at } : { constant: readAt(message, reading) };
      return {
        name: detach(name),
        label,
        field,
        kind: reading.kind,
        divisor: slot(reading.divisor),
        factor: reading.factor,
      };
    });
    this.epoch = slot(marker.epoch);
    this.step = slot(marker.step);
    this.total = slot(marker.total);
    this.count = marker.count && { position: slot(marker.count.position), length: slot(marker.count.length) };
    this.bar = bar && { position: slot(bar.position), length: slot(bar.length) };
    this.isKeras = bar?.isKeras ?? false;
    this.isHeading = marker.isHeading;
    this.isKeyed = marker.isKeyed;
    this.isTrailing = marker.isTrailing;
    this.phase = metrics
      .map(({ name }) => phaseOf(/^[a-z]+/i.exec(name)?.[0] ?? ''))
      .find((phase) => phase !== undefined);
    this.isIdle =
      metrics.length === 0 &&
      !this.total &&
      !this.isKeras &&
      !(this.epoch && (this.isHeading || this.isTrailing)) &&
      !(this.step && this.isHeading);
  }

  get hasMetrics(): boolean {
    return this.metrics.length > 0;
  }

  /** The line says itself what it is about, so that the section it stands in has ended. */
  get hasPlace(): boolean {
    return this.epoch !== undefined || this.step !== undefined;
  }

  /** Reads a line of the shape. `mapping`: it holds metrics besides, which are read by other means. */
  run(line: string, shape: LineShape, position: LogPosition, sink: Sink, mapping: boolean): void {
    if (this.isIdle && !mapping) return;
    const number = (slot: Slot | undefined): number | undefined =>
      slot ? wholeAt(line, shape.spanOf(slot)) : undefined;
    const total = number(this.total);
    if (total !== undefined) sink.total(total);
    const bar = this.bar && {
      position: number(this.bar.position) ?? Number.NaN,
      length: number(this.bar.length) ?? Number.NaN,
    };
    if (this.isKeras && bar && position.isEvaluation(bar)) return;
    position.move({
      epoch: number(this.epoch),
      step: number(this.step),
      count: this.count && {
        position: number(this.count.position) ?? 1,
        length: number(this.count.length) ?? 0,
      },
      bar: this.isKeras ? undefined : bar,
      isHeading: this.isHeading,
      isKeyed: this.isKeyed,
      isTrailing: this.isTrailing,
      hasMetrics: mapping || this.metrics.length > 0,
    });
    for (const { name, label, field, kind, divisor, factor } of this.metrics) {
      let value: number;
      if ('constant' in field) value = field.constant;
      else {
        const at = shape.spanOf(field.slot);
        const quick = kind === 'number' && divisor === undefined;
        value = quick
          ? decimalAt(line, at)
          : readAt(line, readingOf(kind, at, divisor && shape.spanOf(divisor), factor));
      }
      position.add(name, value, label);
    }
  }
}

function readingOf(
  kind: Reading['kind'],
  at: Span,
  divisor: Span | undefined,
  factor: number | undefined,
): Reading {
  return divisor ? { kind, at, divisor, factor: factor ?? 1 } : { kind, at };
}

function wholeAt(line: string, { start, end }: Span): number {
  const digits = line.slice(start, end);
  // `step 1,500`
  return Number(digits.includes(',') ? digits.replaceAll(',', '') : digits);
}

/** A number as it mostly is; anything else by the careful way. */
function decimalAt(line: string, at: Span): number {
  const value = Number(line.slice(at.start, at.end));
  return Number.isNaN(value) ? readAt(line, { kind: 'number', at }) : value;
}
