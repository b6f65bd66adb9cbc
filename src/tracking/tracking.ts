import type { Project } from '../project/load.ts';
import type { StudyEvent } from '../study/events.ts';
import { latestStudy, readStore } from '../study/open-store.ts';
import type { OptimizeHooks } from '../study/options.ts';
import { runOf, type StudyRecord } from '../study/record.ts';
import type { Tracker } from './_contract.ts';
import { isTracked, revisionOf } from './describe.ts';
import { Ledger } from './ledger.ts';
import { ledgerName, openTracker } from './open-tracker.ts';
import { Sender } from './sender.ts';
import { folderOfLedgers, StudySource } from './source.ts';
import { countWaiting } from './standing.ts';
import { type Target, targetsOf } from './targets.ts';
import { TrackingLock } from './tracking-lock.ts';

type Heard = Pick<OptimizeHooks, 'onEvent' | 'onPoints'>;

/** Logs a study to the trackers of `tracking:` while it goes on. */
export interface Tracking {
  /** The hooks of a study, with the trackers listening in. */
  listen<H extends Heard>(hooks: H): H;
  /** A report has been written. */
  reported(): void;
  /** Sends what is left within a short time, and says what could not be sent. */
  close(say: (message: string) => void): Promise<void>;
}

/** Opens what pawl.yaml names. */
export async function openTracking(project: Project, say: (message: string) => void): Promise<Tracking> {
  const targets = targetsOf(project, process.env);
  const trackers = await Promise.all(
    targets.map(async (target) => ({ target, tracker: await openTracker(target) })),
  );
  return new StudyTracking(project, trackers, say);
}

class StudyTracking implements Tracking {
  readonly #project: Project;
  readonly #trackers: { target: Target; tracker: Tracker }[];
  #say: (message: string) => void;
  readonly #lock: TrackingLock;
  #source: StudySource | undefined;
  #lines: { sender: Sender; ledger: Ledger }[] = [];
  #hasFailed = false;

  constructor(
    project: Project,
    trackers: { target: Target; tracker: Tracker }[],
    say: (message: string) => void,
  ) {
    this.#project = project;
    this.#trackers = trackers;
    this.#say = say;
    this.#lock = new TrackingLock(folderOfLedgers(project.root));
  }

  listen<H extends Heard>(hooks: H): H {
    return {
      ...hooks,
      onEvent: (event, record) => {
        hooks.onEvent(event, record);
        this.#quietly(() => this.#hear(event, record));
      },
      onPoints: (run, points, record) => {
        hooks.onPoints(run, points, record);
        // The store has the curves of runs that have ended, and they do not change.
        if (run.status !== 'running' || !isTracked(record, run)) return;
        this.#quietly(() => {
          const source = this.#sourceOf(record);
          source.lend(run.id, points);
          this.#mark(source.keyOf(run.id));
        });
      },
    };
  }

  reported(): void {
    if (!this.#source) return;
    this.#source.hasReports = true;
    this.#mark(this.#source.record.id);
  }

  async close(say: (message: string) => void): Promise<void> {
    this.#say = say;
    try {
      // A study that was concluded before has nothing to tell, but perhaps something that was not sent.
      const latest = this.#source ? undefined : await readStore(this.#project.root, latestStudy);
      if (latest) {
        this.#sourceOf(latest);
        this.reported();
      }
      await Promise.all(this.#lines.map(({ sender }) => sender.close()));
      for (const { sender, ledger } of this.#lines) this.#sum(sender.tracker, ledger);
    } catch (error) {
      this.#fail(error);
    } finally {
      await this.#source?.close();
      this.#lock.release();
    }
  }

  #hear(event: StudyEvent, record: StudyRecord): void {
    const source = this.#sourceOf(record);
    if (event.type === 'run-starting') {
      if (event.run.status === 'adopted') this.#markRun(source, event.run.id);
    } else if (event.type === 'run-started') this.#markRun(source, event.run);
    else if (event.type === 'run-ended') {
      source.giveBack(event.run);
      this.#markRun(source, event.run);
    } else if (event.type === 'iteration-concluded') this.#markChanged(source);
    else this.#mark(record.id);
  }

  #markRun(source: StudySource, id: string): void {
    if (isTracked(source.record, runOf(source.record, id))) this.#mark(source.keyOf(id));
  }

  /** Everything that has something new to say since it arrived. */
  #markChanged(source: StudySource): void {
    for (const key of source.keys()) {
      const revision = revisionOf(source.facts(key));
      for (const { sender, ledger } of this.#lines) if (ledger.revision(key) !== revision) sender.mark(key);
    }
  }

  #mark(key: string): void {
    for (const { sender } of this.#lines) sender.mark(key);
  }

  #sourceOf(record: StudyRecord): StudySource {
    if (this.#source?.record.id === record.id) {
      // Each iteration of --auto loads the study anew.
      this.#source.record = record;
      return this.#source;
    }
    const source = new StudySource(this.#project, record);
    this.#source = source;
    this.#lines = this.#trackers.map(({ target, tracker }) => {
      const ledger = new Ledger(folderOfLedgers(this.#project.root), record.id, ledgerName(target));
      const takeLock = (): void => this.#lock.take();
      const say = (message: string): void => this.#say(message);
      return { ledger, sender: new Sender({ tracker, source, ledger, takeLock, say }) };
    });
    this.#markChanged(source);
    return source;
  }

  #sum({ target }: Tracker, ledger: Ledger): void {
    if (!this.#source) return;
    const { runs, waiting } = countWaiting(this.#source, ledger);
    if (waiting === 0) this.#say(`Tracking: all ${runs} runs are in ${target}.`);
    else {
      const why = ledger.problem === null ? '' : ` ${ledger.problem.message}`;
      this.#say(
        `Tracking: ${waiting} of ${runs} runs have not arrived in ${target}.${why} Nothing is lost: \`pawl sync\` sends them.`,
      );
    }
  }

  /** Whatever goes wrong here must not reach the study. */
  #quietly(work: () => void): void {
    try {
      if (!this.#hasFailed) work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#hasFailed = true;
    const why = error instanceof Error ? error.message : String(error);
    this.#say(`Tracking has ended: ${why} The study goes on; \`pawl sync\` sends what is missing.`);
  }
}
