import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Held, type LoggedValue, type TrackedRun, type Tracker } from './_contract.ts';

export interface TrackerConformance {
  /** Another tracker on the same place, as a process that starts anew has it. */
  create: () => Tracker;
  before?: () => Promise<void>;
  after?: () => Promise<void>;
}

/** What every tracker must do. Each test is a study of its own, so that it may run on a server that others use. */
export function trackerConformance(name: string, { create, before, after }: TrackerConformance): void {
  describe(`${name} is a tracker`, () => {
    const { signal } = new AbortController();
    const mark = `${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
    let count = 0;
    let tracker: Tracker;

    const study = (): TrackedRun => ({
      key: `study-${mark}-${++count}`,
      parent: null,
      name: 'a study',
      group: null,
      params: {},
      tags: { 'pawl.kind': 'study' },
      status: 'running',
      startedAt: Date.now() - 60_000,
      endedAt: null,
    });
    const training = (parent: TrackedRun, id: string): TrackedRun => ({
      ...parent,
      key: `${parent.key}/${id}`,
      parent: parent.key,
      name: id,
      group: 'baseline',
      params: { 'model.dropout': 0.4, 'optimizer.name': 'adamw', amp: true, seed: 1 },
      tags: { 'pawl.trial': 'baseline' },
    });
    const value = (metric: string, step: number, raw: number): LoggedValue => ({
      name: tracker.cleanName(metric),
      step,
      value: tracker.cleanValue(raw),
      at: Date.now() - 1000 + step,
    });
    /** A study and a run of it, both open and empty. */
    const opened = async (id = 'baseline-s1'): Promise<TrackedRun> => {
      const parent = study();
      expect(curves(await tracker.open(parent, signal))).toEqual({});
      const run = training(parent, id);
      expect(curves(await tracker.open(run, signal))).toEqual({});
      return run;
    };
    /** What a process that starts anew finds. */
    const found = async (run: TrackedRun): Promise<ReturnType<typeof curves>> => {
      const other = create();
      if (run.parent !== null) await other.open({ ...run, key: run.parent, parent: null }, signal);
      return curves(await other.open(run, signal));
    };

    beforeAll(async () => {
      await before?.();
      tracker = create();
    });
    afterAll(async () => after?.());

    test('values are found again, by metric and step', async () => {
      const run = await opened();
      await tracker.log(
        run,
        [value('val_acc', 1, 0.5), value('val_acc', 2, 0.625), value('loss', 1, 2)],
        signal,
      );
      await tracker.log(run, [value('val_acc', 3, 0.1)], signal);
      expect(await found(run)).toEqual({
        val_acc: [
          [1, 0.5],
          [2, 0.625],
          [3, tracker.cleanValue(0.1)],
        ],
        loss: [[1, 2]],
      });
    });

    test('a process that starts anew goes on where the other ended', async () => {
      const run = await opened();
      await tracker.log(run, [value('loss', 0, 4)], signal);
      const other = create();
      await other.open({ ...run, key: run.parent ?? '', parent: null }, signal);
      await other.open(run, signal);
      await other.log(run, [value('loss', 1, 2)], signal);
      expect(await found(run)).toEqual({
        loss: [
          [0, 4],
          [1, 2],
        ],
      });
    });

    test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e-30, 1 / 3])(
      '%d comes back as it was cleaned',
      async (raw) => {
        const run = await opened();
        await tracker.log(run, [value('loss', 1, raw)], signal);
        expect(await found(run)).toEqual({ loss: [[1, tracker.cleanValue(raw)]] });
      },
    );

    test('steps may be large and in any order', async () => {
      const run = await opened();
      await tracker.log(run, [value('loss', 4_000_000_000, 1), value('loss', 0, 2)], signal);
      expect(await found(run)).toEqual({
        loss: [
          [0, 2],
          [4_000_000_000, 1],
        ],
      });
    });

    test('names of every trainer are taken', async () => {
      const run = await opened();
      const names = [
        'metrics/mAP50(B)',
        'val_acc@5',
        'eval: loss',
        'Genauigkeit [größe]',
        '/a//b/',
        '../x',
        'train/loss',
        '📈',
        'x'.repeat(400),
      ];
      await tracker.log(
        run,
        names.map((each, index) => value(each, 1, index)),
        signal,
      );
      expect(Object.keys(await found(run)).sort()).toEqual(
        names.map((each) => tracker.cleanName(each)).sort(),
      );
    });

    test('a whole batch is taken at once', async () => {
      const run = await opened();
      const values = Array.from({ length: tracker.batch }, (_, step) => value('loss', step, step / 8));
      await tracker.log(run, values, signal);
      expect((await found(run))['loss']).toEqual(values.map(({ step, value: each }) => [step, each]));
    });

    test('describing a run again changes nothing of its curve', async () => {
      const run = await opened();
      await tracker.describe(run, signal);
      await tracker.log(run, [value('loss', 1, 2)], signal);
      const ended: TrackedRun = {
        ...run,
        status: 'finished',
        endedAt: Date.now(),
        tags: { ...run.tags, 'pawl.verdict': 'better' },
      };
      await tracker.describe(ended, signal);
      await tracker.describe(ended, signal);
      const other = create();
      await other.open({ ...run, key: run.parent ?? '', parent: null }, signal);
      await other.open(ended, signal);
      await other.describe(ended, signal);
      expect(await found(run)).toEqual({ loss: [[1, 2]] });
    });

    test('params and tags of any length and number are taken', async () => {
      const run = await opened();
      const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`layers.${at}`, at]));
      const params = { ...many, note: 'ü'.repeat(20_000), 'data: path': '/data', empty: '' };
      const tags = {
        ...Object.fromEntries(Object.entries(many).map(([key, at]) => [key, String(at)])),
        long: 'x'.repeat(20_000),
      };
      await tracker.describe({ ...run, params, tags }, signal);
      expect(await found(run)).toEqual({});
    });

    test('after a restart only what came after it counts', async () => {
      const run = await opened();
      await tracker.log(run, [value('loss', 1, 1), value('loss', 2, 2), value('acc', 1, 3)], signal);
      await tracker.restart(run, signal);
      await tracker.log(run, [value('loss', 1, 5)], signal);
      expect(await found(run)).toEqual({ loss: [[1, 5]] });
    });

    test('files are stored, again too', async () => {
      const run = await opened();
      const files: [string, Buffer][] = [
        ['config/training_config.yaml', Buffer.from('lr: 0.1 # größe\n')],
        ['iteration-1/optimization_results.md', Buffer.from('# Report\n')],
        ['iteration-1/optimization_results.json', Buffer.from('{}\n')],
        ['iteration-1/comparison.png', PNG],
      ];
      for (const [artifact, bytes] of [...files, ...files])
        await tracker.attach(run, { name: artifact, bytes }, signal);
      expect(await found(run)).toEqual({});
    });

    test('runs of the same name in two studies are two runs', async () => {
      const one = await opened();
      const two = await opened();
      await tracker.log(one, [value('loss', 1, 1)], signal);
      await tracker.log(two, [value('loss', 1, 2)], signal);
      expect([await found(one), await found(two)]).toEqual([{ loss: [[1, 1]] }, { loss: [[1, 2]] }]);
    });

    test("a run's id may hold what others take for a path or a quote", async () => {
      const run = await opened("without-1-model.blocks[0].'p'");
      await tracker.log(run, [value('loss', 1, 1)], signal);
      expect(await found(run)).toEqual({ loss: [[1, 1]] });
    });
  });
}

/** By metric the [step, value] pairs in the order of their steps. */
function curves(held: Held): Record<string, [number, number][]> {
  return Object.fromEntries(
    Array.from(held, ([metric, values]) => [
      metric,
      values.map(({ step, value }): [number, number] => [step, value]).sort(([a], [b]) => a - b),
    ]),
  );
}

/** One transparent pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
