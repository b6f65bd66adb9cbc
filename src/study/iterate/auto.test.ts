import { expect, it } from 'vitest';
import type { StudyOutcome } from '../types.ts';
import { reasonToStop } from './auto.ts';

const outcome = (
  status: 'confirmed' | 'nominal' | 'not-met',
  decision: StudyOutcome['decision'],
  iteration = 1,
): Parameters<typeof reasonToStop>[0] => ({
  target: { value: 0.9, status, source: 'pawl.yaml', margin: 0 },
  decision,
  reason: 'because',
  iteration,
});

it.each([
  ['confirmed', outcome('confirmed', 'finalize'), {}, 'The target is confirmed.'],
  ['nominal', outcome('nominal', 'finalize'), {}, 'The decision is finalize: because'],
  ['not better', outcome('not-met', 'rediagnose'), {}, 'The decision is rediagnose: because'],
  ['on', outcome('not-met', 'iterate'), {}, null],
  ['on with budget', outcome('not-met', 'iterate', 2), { runs: 1, hours: 0.1 }, null],
  ['rounds', outcome('not-met', 'iterate', 3), {}, 'Iteration 3 is the last.'],
  ['trainings', outcome('not-met', 'iterate'), { runs: 0 }, 'The budget of trainings is spent.'],
  ['hours', outcome('not-met', 'iterate'), { hours: -0.1 }, 'The budget of hours is spent.'],
] as const)('%s', (_name, given, budget, reason) => {
  expect(reasonToStop(given, 3, budget)).toBe(reason);
});
