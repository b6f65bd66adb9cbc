import { describe, expect, test } from 'vitest';
import type { History, Report, Trial } from '../_contract.ts';
import type { Space } from '../space.ts';
import { trialOf } from '../trial.ts';
import { createForecast } from './forecast.ts';

const SPACE: Space = {
  params: [{ name: 'x', path: ['x'], when: [], kind: 'float', low: 0, high: 1, isLog: false, step: null }],
};
const FULL = 27;
const curve = (level: number, to: number): Report[] =>
  Array.from({ length: to }, (_, i) => ({ step: i + 1, value: level * (1 - Math.exp(-(i + 1) / 6)) }));
const whole = (number: number, x: number, level: number): Trial =>
  trialOf(number, { x }, [
    {
      seed: 1,
      state: 'complete',
      value: curve(level, FULL).at(-1)?.value ?? null,
      reports: curve(level, FULL),
    },
  ]);
const running = (number: number, x: number, level: number, to: number): Trial =>
  trialOf(number, { x }, [{ seed: 1, state: 'running', value: null, reports: curve(level, to) }]);
const peers: History = [0.2, 0.35, 0.5, 0.65, 0.8, 0.9].map((x, i) => whole(i, x, x));
const judge = (trial: Trial, judged: number, history: History = peers): string =>
  createForecast({ goal: 'max', fullStep: FULL, space: SPACE }).judge({
    history: [...history, trial],
    trial: trial.number,
    seed: 1,
    judged,
  }).action;

describe('forecast', () => {
  test('stops a hopeless run at a rung and lets a leader go on', () => {
    expect(judge(running(9, 0.1, 0.1, 4), 3)).toBe('stop');
    expect(judge(running(9, 0.97, 0.97, 4), 3)).toBe('continue');
  });

  test('judges only at rungs, never a finished run, and nothing before a trial has finished', () => {
    expect(judge(running(9, 0.1, 0.1, 6), 5)).toBe('continue');
    expect(judge(running(9, 0.1, 0.1, FULL), FULL - 1)).toBe('continue');
    expect(judge(running(9, 0.1, 0.1, 4), 3, [])).toBe('continue');
  });

  test('stops a run whose value is no number', () => {
    const trial = running(9, 0.9, 0.9, 3);
    const run = { ...(trial.runs[0] as Trial['runs'][number]) };
    const diverged = trialOf(9, { x: 0.9 }, [
      { ...run, reports: [...run.reports, { step: 4, value: Number.NaN }] },
    ]);
    expect(judge(diverged, 3)).toBe('stop');
  });

  test('gives the same answer when all reports are judged at once', () => {
    expect(judge(running(9, 0.1, 0.1, 5), 0)).toBe('stop');
  });

  test('leaves every second run to finish while finished trainings have less than their share, but for hopeless ones', () => {
    const stopped = (number: number): Trial => {
      const x = 0.3 + (number % 50) / 100;
      return trialOf(number, { x }, [{ seed: 1, state: 'pruned', value: null, reports: curve(x, 4) }]);
    };
    const finished = Array.from({ length: 12 }, (_, i) => whole(i, 0.3 + i / 20, 0.3 + i / 20));
    const history = [...finished, ...Array.from({ length: 180 }, (_, i) => stopped(12 + i))];
    expect(judge(running(300, 0.5, 0.5, 4), 3, history)).toBe('continue');
    expect(judge(running(301, 0.5, 0.5, 4), 3, history)).toBe('stop');
    expect(judge(running(300, 0.05, 0.05, 4), 3, history)).toBe('stop');
  });
});
