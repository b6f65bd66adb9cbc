import { describe, expect, it } from 'vitest';
import { type EngineResult, runEngine } from '../engine.ts';
import { metricOf, newRecord, startIteration } from '../fixtures/replayed-study.ts';
import { createFutilityJudge } from '../futility.ts';
import { iterationOf, type StudyRecord } from '../record.ts';
import { createReplay } from '../replay.ts';
import { targeted } from './targeted.ts';

const EPOCHS = 12;
const SEEDS = [0, 1, 2, 3, 4];
/** A curve that ends at `end`; the seed bends it a little on its way. */
const rising = (end: number, seed: number) =>
  Array.from({ length: EPOCHS }, (_, i) => end - 0.5 / (i + 1) + (i === EPOCHS - 1 ? 0 : 0.001 * seed));

/** Plays one iteration; `ends`: final value of each seed, by trial. */
async function play(
  record: StudyRecord,
  iteration: number,
  ends: Record<string, readonly number[]>,
  slots = 2,
): Promise<{ result: EngineResult; played: Map<string, number> }> {
  const { metric } = record;
  if (!metric) throw new Error('no metric');
  const seen = new Map<string, { step: null; epoch: number; values: Record<string, number> }[]>();
  const pointsOf = (trial: string, seed: number | null) =>
    rising(ends[trial]?.[seed ?? 0] ?? Number.NaN, seed ?? 0).map((value, i) => ({
      step: null,
      epoch: i + 1,
      values: { m: metric.goal === 'max' ? value : -value },
    }));
  const replay = createReplay({ metric, curveOf: pointsOf });
  const optimized = `optimized-${iteration}`;
  const nothing = async () => {};
  const strategy = targeted({
    budgetMs: null,
    judgeRun: createFutilityJudge({
      candidate: optimized,
      reference: 'baseline',
      plannedEpochs: EPOCHS,
      schedulesDiffer: true,
      pointsOf: (run) => seen.get(run) ?? [],
    }),
  });
  const result = await runEngine({
    record,
    iteration,
    slots,
    stopsOnNan: true,
    now: () => 0,
    store: { append: nothing, appendAll: nothing, savePoints: nothing, dropPoints: nothing } as never,
    executor: replay.executor,
    launcher: replay.launcher,
    watch: replay.watch,
    strategy,
    interrupts: { level: 0, subscribe: () => () => {} },
    onEvent: () => {},
    onPoints: (run, points) => void seen.set(run.id, [...points] as never),
  });
  return { result, played: replay.played };
}

const baseline = [0.8, 0.803, 0.799, 0.802, 0.801];
const shifted = (by: readonly number[]) => baseline.map((value, i) => value + (by[i] ?? 0));

describe('targeted', () => {
  it.each(['max', 'min'] as const)(
    'settles a clear loss within the second baseline run (%s)',
    async (goal) => {
      const record = newRecord(metricOf(goal));
      startIteration(record, 1, SEEDS);
      const { result, played } = await play(record, 1, {
        baseline,
        'optimized-1': shifted([-0.3, -0.3, -0.3]),
      });
      expect(result).toMatchObject({
        kind: 'verdict',
        verdict: 'not-better',
        gain: { n: 1, isSingle: false },
      });
      expect([...played.keys()].toSorted()).toEqual(['baseline-s0', 'baseline-s1', 'optimized-1-s0']);
      expect(played.get('baseline-s1')).toBeLessThan(EPOCHS);
      expect(record.runs.get('baseline-s1')?.failure?.code).toBe('RUN_SETTLED_EARLY');
      expect(result.kind === 'verdict' && result.reason).toMatch(/nine of ten further runs of the baseline/u);
    },
  );

  it('trains the second pair at once where the first shows a gain, and accepts at the third', async () => {
    const record = newRecord(metricOf('max'));
    startIteration(record, 1, SEEDS);
    const { result, played } = await play(record, 1, {
      baseline,
      'optimized-1': shifted([0.101, 0.1, 0.102]),
    });
    expect(result).toMatchObject({ verdict: 'better', gain: { n: 3 } });
    expect(played.size).toBe(6);
  });

  it('goes on to the second pair after a small loss', async () => {
    const record = newRecord(metricOf('max'));
    startIteration(record, 1, SEEDS);
    const { result } = await play(record, 1, {
      baseline,
      'optimized-1': shifted([-0.002, -0.002, 0, 0, 0]),
    });
    expect(result).toMatchObject({ verdict: 'not-better', gain: { n: 2 } });
  });

  it('does not start the second candidate before the first look, however many slots are free', async () => {
    const record = newRecord(metricOf('max'));
    startIteration(record, 1, SEEDS);
    const ends = { baseline, 'optimized-1': shifted([-0.3, -0.3]) };
    const { played } = await play(record, 1, ends, 8);
    expect([...played.keys()].some((run) => run === 'optimized-1-s1')).toBe(false);
  });

  it('trains a baseline run again that an earlier iteration had cut short', async () => {
    const record = newRecord(metricOf('max'));
    startIteration(record, 1, SEEDS);
    await play(record, 1, { baseline, 'optimized-1': shifted([-0.3]) });
    expect(iterationOf(record, 1).reference).toBe('baseline');
    startIteration(record, 2, SEEDS);
    const { result } = await play(record, 2, { baseline, 'optimized-2': shifted([0.1, 0.101, 0.102]) });
    expect(result).toMatchObject({ verdict: 'better', gain: { n: 3 } });
    expect(record.runs.get('baseline-s1.2')?.status).toBe('finished');
  });

  it('gives the same answer when it is asked again, as after a restart', async () => {
    const record = newRecord(metricOf('max'));
    startIteration(record, 1, SEEDS);
    const ends = { baseline, 'optimized-1': shifted([-0.3]) };
    const first = await play(record, 1, ends);
    const again = await play(record, 1, ends);
    expect(again.played.size).toBe(0);
    expect(again.result).toEqual(first.result);
  });
});
