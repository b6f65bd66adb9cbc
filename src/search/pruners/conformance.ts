import { describe, expect, test } from 'vitest';
import { createRng } from '../../math/rng.ts';
import type { Goal } from '../../metrics/_contract.ts';
import type {
  History,
  Job,
  Judgement,
  Pruner,
  PrunerSetup,
  Report,
  Trial,
  TrialState,
} from '../_contract.ts';
import { trialOf } from '../trial.ts';

const FULL = 27;

/** A curve that rises to `level`; the better the level, the better at every step. */
export function curve(level: number, to: number, options: { every?: number; goal?: Goal } = {}): Report[] {
  const { every = 1, goal = 'max' } = options;
  const reports: Report[] = [];
  for (let step = every; step <= to; step += every) {
    const value = level * (1 - Math.exp(-step / 8));
    reports.push({ step, value: goal === 'max' ? value : 1 - value });
  }
  return reports;
}

export function trialWith(number: number, state: TrialState, reports: readonly Report[]): Trial {
  const value = state === 'complete' ? (reports.at(-1)?.value ?? null) : null;
  return trialOf(number, { x: number }, [{ seed: 1, state, value, reports }]);
}

/** What every pruner must do. */
export function describePruner(name: string, create: (setup: PrunerSetup) => Pruner): void {
  const setup: PrunerSetup = { goal: 'max', fullStep: FULL };
  const judge = (pruner: Pruner, history: History, trial: number, judged = 0): Judgement =>
    pruner.judge({ history, trial, seed: 1, judged });

  /** Runs `levels` in `slots` parallel slots, one report at a time; returns the trials as they end. */
  const simulate = (levels: readonly number[], slots: number, every = 1, goal: Goal = 'max'): Trial[] => {
    const pruner = create({ goal, fullStep: FULL });
    const trials: Trial[] = [];
    let running: number[] = [];
    const free = (): Job => pruner.nextJob?.(trials) ?? { kind: 'new', toStep: FULL };
    for (let tick = 0; tick < 4000; tick++) {
      while (running.length < slots) {
        const job = free();
        const number = job.kind === 'promote' ? job.trial : trials.length;
        if (number >= levels.length) break;
        if (job.kind === 'new') trials.push(trialWith(number, 'running', []));
        else trials[number] = trialWith(number, 'running', trials[number]?.runs[0]?.reports ?? []);
        running.push(number);
      }
      if (running.length === 0) return trials;
      const going: number[] = [];
      for (const number of running) {
        const before = trials[number]?.runs[0]?.reports ?? [];
        const reports = curve(levels[number] ?? 0, every * (before.length + 1), { every, goal });
        if (every * (before.length + 2) > FULL) {
          trials[number] = trialWith(number, 'complete', reports);
          continue;
        }
        trials[number] = trialWith(number, 'running', reports);
        const { action } = judge(pruner, trials, number, before.length);
        if (action === 'continue') going.push(number);
        else trials[number] = trialWith(number, action === 'stop' ? 'pruned' : 'paused', reports);
      }
      running = going;
    }
    return trials;
  };
  const levels = createRng(5).shuffle(Array.from({ length: 40 }, (_, index) => 0.5 + index / 100));
  const bestOf = (trials: readonly Trial[]): number =>
    Math.max(...trials.filter(({ state }) => state === 'complete').map(({ number }) => levels[number] ?? 0));
  const spent = (trials: readonly Trial[]): number =>
    trials.reduce((sum, { runs }) => sum + (runs[0]?.reports.at(-1)?.step ?? 0), 0);

  describe(`the ${name} pruner`, () => {
    test.each([
      [1, 1, 'max'],
      [4, 1, 'max'],
      [4, 1, 'min'],
      [3, 4, 'max'],
    ] as const)('%i slots, reports every %i steps, %s: keeps the best, saves work', (slots, every, goal) => {
      const trials = simulate(levels, slots, every, goal);
      expect(bestOf(trials)).toBeGreaterThanOrEqual(0.87);
      expect(spent(trials)).toBeLessThan(0.8 * levels.length * FULL);
    });

    test('gives the same answers when asked again', () => {
      expect(simulate(levels, 3)).toEqual(simulate(levels, 3));
    });

    test('never stops the first, nor one that is better than all', () => {
      const first = trialWith(0, 'running', curve(0.1, 20));
      expect(judge(create(setup), [first], 0).action).not.toBe('stop');
      const others = Array.from({ length: 9 }, (_, number) =>
        trialWith(number, 'complete', curve(0.5, FULL)),
      );
      const best = trialWith(9, 'running', curve(0.9, 20));
      expect(judge(create(setup), [...others, best], 9).action).not.toBe('stop');
    });

    test('stops what has become NaN', () => {
      const reports = curve(0.5, 20).map(({ step }) => ({ step, value: Number.NaN }));
      const others = Array.from({ length: 9 }, (_, number) =>
        trialWith(number, 'complete', curve(0.5, FULL)),
      );
      expect(judge(create(setup), [...others, trialWith(9, 'running', reports)], 9)).toMatchObject({
        action: 'stop',
        why: expect.stringContaining('not a number'),
      });
    });

    test('is not disturbed by trials without a single usable report', () => {
      const odd = [
        trialWith(0, 'failed', []),
        trialWith(1, 'pruned', [{ step: 1, value: Number.NaN }]),
        trialWith(2, 'running', []),
        trialOf(3, {}, []),
        trialWith(4, 'running', curve(0.5, 20)),
      ];
      expect(judge(create(setup), odd, 4).action).not.toBe('stop');
      expect(judge(create(setup), odd, 2)).toEqual({ action: 'continue' });
      expect(judge(create(setup), odd, 99)).toEqual({ action: 'continue' });
    });
  });
}
