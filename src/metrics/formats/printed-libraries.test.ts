import { describe, expect, it } from 'vitest';
import { points, recorded, recordedPath } from '../fixtures/recorded.ts';
import { readCurve } from '../read.ts';

/** What real libraries print, or log as JSON (`fixtures/make/printed_logs.py`), read without being named. */
const LOGS = [
  ['scikit-learn-1.6.1/hist-gradient-boosting.txt', 'stdout'],
  ['scikit-learn-1.6.1/mlp.txt', 'stdout'],
  ['skorch-0.13.0/stdout.txt', 'csv'],
  ['pytorch-tabnet-4.1.0/stdout.txt', 'stdout'],
  ['ngboost-0.6.0/stdout.txt', 'stdout'],
  ['loguru-0.7.3/bound.jsonl', 'jsonl'],
  ['loguru-0.7.3/message.jsonl', 'jsonl'],
] as const;

describe('what libraries print', () => {
  it.each(LOGS)('%s', async (path, format) => {
    const curve = await readCurve(recordedPath(path));
    expect(curve).toMatchObject({ format, warnings: [] });
    expect(curve.points).toEqual(points(recorded(`points/${path.replaceAll('/', '__')}.txt`)));
  });
});
