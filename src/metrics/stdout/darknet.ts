import type { FoundMetric } from './line.ts';
import type { Marker } from './marker.ts';
import type { Span } from './span.ts';

const NUMBER = String.raw`(-?(?:\d+\.?\d*(?:e[-+]?\d+)?|nan|inf))`;
/** Darknet: `1000: 0.52, 0.61 avg loss, 0.001000 rate, 2.1 seconds, 64000 images`, names after their numbers. */
const LINE = new RegExp(
  String.raw`^\s*(\d+):\s+${NUMBER},\s+${NUMBER} avg(?: loss)?,\s+${NUMBER} rate,`,
  'di',
);
const NAMES = ['loss', 'avg_loss', 'lr'];

/** The metrics of a line that Darknet prints after each step; undefined for any other. */
export function readDarknet(line: string): (Pick<Marker, 'step'> & { metrics: FoundMetric[] }) | undefined {
  const match = line.includes(' avg') ? LINE.exec(line) : null;
  if (!match?.indices) return undefined;
  const [, step, ...values] = match.indices;
  const span = (at: [number, number] | undefined): Span => ({ start: at?.[0] ?? 0, end: at?.[1] ?? 0 });
  return {
    step: span(step),
    metrics: NAMES.map((name, i) => ({
      name,
      label: undefined,
      reading: { kind: 'number', at: span(values[i]) },
    })),
  };
}
