import { stat } from 'node:fs/promises';
import type { Member, PolledReader, Sink } from '../_contract.ts';
import { chooseRun } from '../run-choice.ts';
import { readingError } from '../sample.ts';
import { targetOf } from '../sqlite/target.ts';
import { readOptunaTrials } from './read-trials.ts';
import type { OptunaStorage, OptunaTrial } from './trial.ts';

interface NamedTrial {
  id: string;
  name: string;
  trial: OptunaTrial;
  metric: string;
}

/** The intermediate values of one trial: the one that is named (`study/number`, or its number), else the newest that has any. */
export class TrialReader implements PolledReader {
  readonly kind = 'polled';
  private readonly path: string;
  private readonly which: string | undefined;
  private readonly sink: Sink;
  private readonly put = new Map<number, number>();
  private chosen: string | undefined;
  private signature = '';
  private nextAt = 0;

  constructor(member: Member, sink: Sink) {
    const { place, which } = targetOf(member.path, 'optuna');
    this.path = place;
    this.which = which;
    this.sink = sink;
  }

  async poll(_signal: AbortSignal, final: boolean): Promise<void | 'rewritten'> {
    const begun = performance.now();
    if (!final && begun < this.nextAt) return;
    const signature = await this.sign();
    if (signature === this.signature) return;
    const { studies, warnings } = await readOptunaTrials(this.path);
    this.signature = signature;
    // A large storage is read whole; that must not become the main work.
    this.nextAt = begun + 10 * (performance.now() - begun);
    const found = this.choose(trialsOf({ studies, warnings }));
    if (found && this.chosen !== undefined && found.id !== this.chosen) return 'rewritten';
    for (const message of warnings) this.sink.warn({ kind: 'optuna', message });
    if (!found) return;
    this.chosen = found.id;
    for (const { step, value } of found.trial.intermediate) {
      if (Object.is(this.put.get(step), value)) continue;
      this.put.set(step, value);
      this.sink.row(Number.NaN, step);
      this.sink.set(this.sink.column(found.metric), value);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private choose(trials: readonly NamedTrial[]): NamedTrial | undefined {
    const { path } = this;
    const isFirst = this.chosen === undefined;
    const address = (id: string): string => `optuna:${path}#${id}`;
    const { run, warning } = chooseRun(trials, this.which, { path, address, what: 'trial' });
    if (warning !== undefined && isFirst) this.sink.warn({ kind: 'which-run', message: warning });
    return trials.find(({ id }) => id === run?.id);
  }

  private async sign(): Promise<string> {
    const status = await stat(this.path).catch((error: unknown) => {
      throw readingError(this.path, error);
    });
    const wal = await stat(`${this.path}-wal`).catch(() => undefined);
    return [status, wal].map((file) => `${file?.ino} ${file?.size} ${file?.mtimeMs}`).join();
  }
}

/** Trials with intermediate values, the newest first. */
function trialsOf({ studies }: OptunaStorage): NamedTrial[] {
  const trials = studies.flatMap(({ name, metricNames, trials: all }) =>
    all
      .filter(({ intermediate }) => intermediate.length > 0)
      .map((trial) => ({
        id: `${name}/${trial.number}`,
        name: String(trial.number),
        trial,
        metric: metricNames[0] ?? 'value',
      })),
  );
  return trials.reverse().sort((a, b) => (b.trial.startedAt ?? '').localeCompare(a.trial.startedAt ?? ''));
}
