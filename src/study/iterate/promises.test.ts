import { describe, expect, it } from 'vitest';
import type { ChangeOutcome } from '../types.ts';
import { calibrate, promisesOf } from './promises.ts';

function change(
  recommendation: number,
  path: string,
  effect: Partial<ChangeOutcome['effect']>,
): ChangeOutcome {
  return {
    path,
    kind: 'changed',
    from: 0,
    to: 1,
    recommendation,
    line: null,
    why: '',
    expected: null,
    effect: { label: 'not-separated', estimate: null, low: null, high: null, note: '', ...effect },
  };
}
const advice = (number: number, expected: string | null) => ({
  number,
  title: `advice ${number}`,
  line: 1,
  impact: null,
  effort: null,
  risk: null,
  expected,
});

describe('promisesOf', () => {
  it('sets what was measured beside what was promised', () => {
    const kept = promisesOf(
      {
        recommendations: [
          advice(1, '+3–5%'),
          advice(2, '+1 to +2 points'),
          advice(3, 'small'),
          advice(4, null),
        ],
      },
      [
        change(1, 'a', { label: 'helped', estimate: 0.04, low: 0.02, high: 0.06 }),
        change(2, 'b', { label: 'inert' }),
        change(3, 'c', { label: 'helped', estimate: 0.01 }),
        change(3, 'd', {}),
      ],
      { scale: 'fraction' },
    );
    expect(kept).toMatchObject([
      {
        recommendation: 1,
        paths: ['a'],
        range: { low: 3, high: 5 },
        label: 'helped',
        estimate: 4,
        low: 2,
        high: 6,
      },
      { recommendation: 2, range: { low: 1, high: 2 }, label: 'inert', estimate: 0 },
      { recommendation: 3, paths: ['c', 'd'], range: null, label: 'not-separated', estimate: null },
    ]);
    expect(calibrate(kept)).toEqual({ measured: 2, kept: 1, under: 1, over: 0, promised: 2.75, found: 2 });
  });
  it('has no calibration without a measured promise', () => {
    expect(calibrate([])).toBeNull();
  });
});
