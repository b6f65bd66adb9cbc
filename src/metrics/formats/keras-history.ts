import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { JsonReader, parseDocument } from './json.ts';

/** `history.history` of Keras's `fit`, dumped as JSON: an array of one number an epoch for each metric. */
export const kerasHistory: MetricFormat = {
  name: 'keras-history',
  title: 'Keras History as JSON',
  detect,
  open: (_member: Member, sink: Sink) => new JsonReader(sink),
};

function detect({ text }: Sample): Detection | undefined {
  if (text === null || !/^\s*\{\s*"[^"]*"\s*:\s*\[/.test(text)) return undefined;
  const value = parseDocument(text)?.value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const names = Object.keys(value);
  const arrays: unknown[] = Object.values(value);
  // The head may end within the last array.
  const lengths = arrays.slice(0, -1).map((array) => (Array.isArray(array) ? array.length : -1));
  const isEven = lengths.every((length) => length === lengths[0] && length > 0);
  const isNumbers = arrays.every(
    (array) => Array.isArray(array) && array.every((item) => item === null || typeof item === 'number'),
  );
  const hasTwin = names.some((name) => names.includes(`val_${name}`));
  if (!isEven || !isNumbers || !names.includes('loss') || !hasTwin) return undefined;
  return { confidence: 0.98, why: 'arrays of one number an epoch, each metric with its val_ twin' };
}
