import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Point } from '../metrics/_contract.ts';
import {
  type Artifact,
  type Held,
  type LoggedValue,
  type TrackedRun,
  type Tracker,
  TrackerFailure,
} from './_contract.ts';
import { Ledger } from './ledger.ts';
import { Sender, type SenderOptions, type SendSource } from './sender.ts';

const root = mkdtempSync(join(tmpdir(), 'pawl-sender-'));
afterAll(() => rmSync(root, { recursive: true }));

type Trouble = 'down' | 'lost' | 'rejected' | 'gone' | undefined;

/** A tracker in memory, whose calls fail as they are told to. */
class Shelf implements Tracker {
  readonly name = 'shelf';
  readonly target = 'the shelf';
  readonly batch = 3;
  readonly runs = new Map<string, { values: LoggedValue[]; described: TrackedRun | null; files: string[] }>();
  readonly calls: string[] = [];
  trouble: (call: string, values: readonly LoggedValue[]) => Trouble = () => undefined;
  isHanging = false;

  cleanName(name: string): string {
    return name;
  }
  cleanValue(value: number): number {
    return value;
  }
  open({ key }: TrackedRun, signal: AbortSignal): Promise<Held> {
    return this.#call('open', signal, [], () => {
      const run = this.runs.get(key) ?? { values: [], described: null, files: [] };
      this.runs.set(key, run);
      const held = new Map<string, { step: number; value: number }[]>();
      for (const { name, step, value } of run.values)
        held.set(name, [...(held.get(name) ?? []), { step, value }]);
      return held;
    });
  }
  describe(run: TrackedRun, signal: AbortSignal): Promise<void> {
    return this.#call('describe', signal, [], () => void (this.#at(run).described = run));
  }
  log(run: TrackedRun, values: readonly LoggedValue[], signal: AbortSignal): Promise<void> {
    return this.#call('log', signal, values, () => void this.#at(run).values.push(...values));
  }
  restart(run: TrackedRun, signal: AbortSignal): Promise<void> {
    return this.#call('restart', signal, [], () => void (this.#at(run).values = []));
  }
  attach(run: TrackedRun, { name }: Artifact, signal: AbortSignal): Promise<void> {
    return this.#call('attach', signal, [], () => void this.#at(run).files.push(name));
  }

  #at({ key }: TrackedRun) {
    const run = this.runs.get(key);
    if (!run) throw new TrackerFailure('gone', 'It is gone.');
    return run;
  }

  async #call<T>(
    name: string,
    signal: AbortSignal,
    values: readonly LoggedValue[],
    work: () => T,
  ): Promise<T> {
    this.calls.push(name);
    await sleep(0);
    if (this.isHanging) await sleep(60_000, undefined, { signal });
    const trouble = this.trouble(name, values);
    if (trouble === 'down') throw new TrackerFailure('unavailable', 'It is down.');
    if (trouble === 'rejected') throw new TrackerFailure('rejected', 'No such thing.');
    if (trouble === 'gone') this.runs.clear();
    const result = work();
    if (trouble === 'lost') throw new TrackerFailure('unavailable', 'The answer was lost.');
    return result;
  }
}

interface Study extends SendSource {
  points: Point[];
  endedAt: number | null;
  files: string[];
}

const RUN = 'study/baseline-s1';
let count = 0;

function begin(options: Partial<SenderOptions> = {}, shelf = new Shelf()) {
  const study: Study = {
    study: 'study',
    points: [],
    endedAt: null,
    files: [],
    facts: (key) => ({
      key,
      parent: key === 'study' ? null : 'study',
      name: key,
      group: null,
      tags: {},
      status: study.endedAt === null ? 'running' : 'finished',
      startedAt: 1,
      endedAt: study.endedAt,
    }),
    describe: (key) => Promise.resolve({ ...study.facts(key), params: {} }),
    curve: (key) => Promise.resolve(key === 'study' ? [] : study.points),
    async *artifacts(key) {
      for (const name of key === 'study' ? study.files : [])
        yield { name, bytes: Buffer.from(name), hash: name };
    },
  };
  const said: string[] = [];
  const ledger = new Ledger(root, `study-${++count}`, 'shelf');
  const sender = new Sender({
    tracker: shelf,
    source: study,
    ledger,
    takeLock: () => {},
    say: (message) => said.push(message),
    gatherMs: 1,
    patienceMs: [200, 50],
    ...options,
  });
  const log = (epoch: number, loss = epoch / 4): void => {
    study.points.push({ step: null, epoch, values: { loss } });
    sender.mark(RUN);
  };
  const end = (): void => {
    study.endedAt = 100;
    sender.mark(RUN);
    sender.mark('study');
  };
  const logged = (): string[] =>
    (shelf.runs.get(RUN)?.values ?? []).map(({ step, value }) => `${step} ${value}`);
  return { study, shelf, sender, ledger, said, log, end, logged };
}

const until = async (isTrue: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 5000; !isTrue(); await sleep(2))
    if (Date.now() > deadline) throw new Error('It never came true.');
};

test('values arrive while the run goes on, and at its end all is noted', async () => {
  const { log, logged, end, sender, ledger, shelf, study } = begin();
  log(1);
  await until(() => logged().length === 1);
  for (const epoch of [2, 3, 4, 5, 6, 7, 8]) log(epoch);
  study.files = ['report.md'];
  end();
  await sender.close();
  expect(logged()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((epoch) => `${epoch} ${epoch / 4}`));
  expect(shelf.runs.get(RUN)?.described?.status).toBe('finished');
  expect(shelf.runs.get('study')?.files).toEqual(['report.md']);
  expect([ledger.revision(RUN), ledger.revision('study')]).not.toContain(undefined);
  expect(ledger.problem).toBeNull();
});

test('what has arrived is not asked for again', async () => {
  const first = begin();
  first.log(1);
  first.end();
  await first.sender.close();
  const { shelf, ledger, study } = first;
  shelf.calls.length = 0;
  const again = new Sender({
    tracker: shelf,
    source: study,
    ledger,
    takeLock: () => {},
    say: () => {},
    gatherMs: 1,
  });
  await again.drain(['study', RUN]);
  expect(shelf.calls).toEqual([]);
  const checked = new Sender({
    tracker: shelf,
    source: study,
    ledger,
    takeLock: () => {},
    say: () => {},
    isCheck: true,
  });
  await checked.drain(['study', RUN]);
  expect(shelf.calls).not.toContain('log');
});

test('a tracker that is down is said once, kept in the ledger, and costs the study nothing', async () => {
  const { log, end, sender, shelf, said, ledger } = begin();
  shelf.trouble = () => 'down';
  log(1);
  await until(() => said.length === 1);
  const begun = performance.now();
  for (let epoch = 2; epoch <= 1000; epoch++) log(epoch);
  end();
  await sender.close();
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(said).toEqual([
    'Tracking: It is down. The study goes on; what is not sent is kept and tried again.',
  ]);
  expect(ledger.problem?.message).toBe('It is down.');
  expect(ledger.revision(RUN)).toBeUndefined();
});

test('when it is back, all that was missed is sent', async () => {
  const { log, logged, end, sender, shelf, said } = begin();
  shelf.trouble = () => (shelf.calls.length < 2 ? 'down' : undefined);
  log(1);
  await until(() => said.length === 1);
  for (const epoch of [2, 3, 4, 5]) log(epoch);
  await until(() => logged().length === 5);
  end();
  await sender.close();
  expect(said[1]).toBe('the shelf answers again; sending what it has missed.');
  expect(logged()).toEqual(['1 0.25', '2 0.5', '3 0.75', '4 1', '5 1.25']);
});

test('a tracker that never answers holds up the end only shortly', async () => {
  const { log, end, sender, shelf } = begin();
  shelf.isHanging = true;
  log(1);
  await until(() => shelf.calls.length === 1);
  await sleep(60);
  end();
  const begun = performance.now();
  await sender.close();
  expect(performance.now() - begun).toBeLessThan(1000);
});

test('a value that is never taken costs no other, and is said once', async () => {
  const { log, logged, end, sender, shelf, said, ledger } = begin();
  shelf.trouble = (call, values) =>
    call === 'log' && values.some(({ step }) => step === 2) ? 'rejected' : undefined;
  for (const epoch of [1, 2, 3, 4]) log(epoch);
  end();
  await sender.close();
  expect(logged()).toEqual(['1 0.25', '3 0.75', '4 1']);
  expect(said).toEqual(['Tracking: the shelf does not take loss of study/baseline-s1: No such thing.']);
  expect(ledger.revision(RUN)).toBeDefined();
});

test('a run that somebody deleted is begun again', async () => {
  const { log, logged, shelf, end, sender } = begin();
  log(1);
  await until(() => logged().length === 1);
  shelf.runs.clear();
  log(2);
  await until(() => logged().length === 2);
  end();
  await sender.close();
  expect(logged()).toEqual(['1 0.25', '2 0.5']);
});

test('a log that was written anew replaces what was sent of it', async () => {
  const { log, logged, study, end, sender } = begin();
  for (const epoch of [1, 2, 3]) log(epoch);
  await until(() => logged().length === 3);
  study.points = [];
  log(1, 9);
  await until(() => logged().join() === '1 9');
  end();
  await sender.close();
  expect(logged()).toEqual(['1 9']);
});

test('a run of which more was sent than it came to is sent anew', async () => {
  const { log, logged, study, end, sender } = begin();
  for (const epoch of [1, 2, 3]) log(epoch);
  await until(() => logged().length === 3);
  study.points = study.points.slice(0, 2);
  end();
  await sender.close();
  expect(logged()).toEqual(['1 0.25', '2 0.5']);
});

test('whatever fails in between: every value is there once', async () => {
  const trouble = fc.array(fc.constantFrom<Trouble>('down', 'lost', undefined, undefined), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(trouble, fc.integer({ min: 1, max: 9 }), async (troubles, epochs) => {
      const { logged, shelf, study, ledger } = begin();
      shelf.trouble = () => troubles.shift();
      for (let epoch = 1; epoch <= epochs; epoch++)
        study.points.push({ step: null, epoch, values: { loss: epoch / 4 } });
      study.endedAt = 100;
      for (;;) {
        // Each attempt is a process of its own.
        const sender = new Sender({
          tracker: shelf,
          source: study,
          ledger,
          takeLock: () => {},
          say: () => {},
        });
        const isDone = await sender.drain(['study', RUN]).then(
          () => true,
          (error: unknown) => {
            if (error instanceof TrackerFailure) return false;
            throw error;
          },
        );
        if (isDone) break;
      }
      expect(logged()).toEqual(Array.from({ length: epochs }, (_, at) => `${at + 1} ${(at + 1) / 4}`));
    }),
    { numRuns: 40 },
  );
});
