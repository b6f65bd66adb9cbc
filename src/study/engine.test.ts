import { describe, expect, test } from 'vitest';
import type { Executor, RunHandle, RunSpec } from '../execution/_contract.ts';
import { createRng } from '../math/rng.ts';
import { runEngine } from './engine.ts';
import { metricOf, newRecord, startIteration } from './fixtures/replayed-study.ts';
import { createReplay } from './replay.ts';
import type { RunRequest, Strategy, StrategyView } from './strategies/_contract.ts';

const RUNS = 30;
const METRIC = metricOf('max');

/** As many runs of one trial, one after the other; the next may be made ready. */
function series(): Strategy {
  const wanted = ({ record }: StrategyView): RunRequest | null =>
    record.runs.size < RUNS ? { trial: 'baseline', seed: record.runs.size } : null;
  return {
    name: 'series',
    next: (view) => [wanted(view)].filter((request) => request !== null),
    ahead: wanted,
    judge: () => null,
    conclude: ({ record: { runs } }) =>
      runs.size === RUNS && [...runs.values()].every(({ endedAt }) => endedAt !== null)
        ? { kind: 'done' }
        : undefined,
  };
}

/** A study whose starts, ends and stored events come in an order drawn by `seed`. Returns the most runs at a time, and how often a ready one was used. */
async function play(seed: number, slots: number): Promise<{ most: number; armed: number; ended: number }> {
  const rng = createRng(seed);
  const turns = async (most: number): Promise<void> => {
    for (let turn = rng.integer(most + 1); turn > 0; turn--)
      await new Promise((resolve) => setImmediate(resolve));
  };
  const replay = createReplay({
    metric: METRIC,
    curveOf: () =>
      Array.from({ length: 1 + rng.integer(4) }, (_, i) => ({ step: null, epoch: i + 1, values: { m: 1 } })),
  });
  let running = 0;
  let most = 0;
  let armed = 0;
  const begin = async (spec: RunSpec): Promise<RunHandle> => {
    await turns(3);
    most = Math.max(most, ++running);
    const handle = await replay.executor.start(spec);
    const outcome = handle.outcome.then((end) => {
      running--;
      return end;
    });
    return { ...handle, outcome };
  };
  const executor: Executor = {
    ...replay.executor,
    start: begin,
    async arm(spec) {
      await turns(4);
      return {
        start() {
          armed++;
          return begin(spec);
        },
        drop: () => {},
      };
    },
  };
  const record = newRecord(METRIC);
  startIteration(record, 1, []);
  const store = async (): Promise<void> => turns(2);
  const result = await runEngine({
    record,
    iteration: 1,
    slots,
    stopsOnNan: false,
    now: () => 0,
    store: { append: store, appendAll: store, savePoints: store, dropPoints: store } as never,
    executor,
    launcher: {
      ...replay.launcher,
      async prepare(...of) {
        await turns(4);
        return replay.launcher.prepare(...of);
      },
    },
    watch(run, hooks) {
      const watch = replay.watch(run, hooks);
      return {
        ...watch,
        async finish(...of) {
          await turns(3);
          return watch.finish(...of);
        },
      };
    },
    strategy: series(),
    interrupts: { level: 0, subscribe: () => () => {} },
    onEvent: () => {},
    onPoints: () => {},
  });
  expect(result).toEqual({ kind: 'done' });
  return { most, armed, ended: record.runs.size };
}

describe('the engine', () => {
  test.each([1, 2, 3])('fills %i slots and no more, in whatever order things happen', async (slots) => {
    const studies = [];
    for (let seed = 0; seed < 25; seed++) studies.push(await play(seed, slots));
    expect(Math.max(...studies.map(({ most }) => most))).toBe(slots);
    expect(studies.map(({ ended }) => ended)).toEqual(studies.map(() => RUNS));
    expect(studies.every(({ armed }) => armed > 0)).toBe(true);
  });
});
