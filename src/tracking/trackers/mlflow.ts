import { userInfo } from 'node:os';
import {
  type Artifact,
  type Held,
  type LoggedValue,
  type TrackedRun,
  type TrackedStatus,
  type Tracker,
  TrackerFailure,
} from '../_contract.ts';
import { MlflowClient, type MlflowRun } from '../mlflow/client.ts';
import { mlflowName, shortened } from '../mlflow/names.ts';
import type { MlflowTarget } from '../targets.ts';

/** What a run is found again by. */
const KEY_TAG = 'pawl.run';
/** Items of one request, as MLflow limits them. */
const METRICS = 1000;
const PARAMS = 100;
/** Longest param, of servers of today and of before 2.8. */
const PARAM_LENGTHS = [6000, 500, 250];
const TAG_LENGTH = 5000;

const STATUS: Record<TrackedStatus, string> = {
  running: 'RUNNING',
  finished: 'FINISHED',
  failed: 'FAILED',
  killed: 'KILLED',
};

interface Opened {
  id: string;
  /** Where its artifacts go, below the root that the server passes on to; null where it does not. */
  artifacts: string | null;
  /** As the server has it. */
  status: string | undefined;
  /** Params are written once: they cannot be changed. */
  hasParams: boolean;
}

interface Pair {
  key: string;
  value: string;
}

/** An MLflow tracking server. A study is a run, its trainings are runs nested in it. */
export class MlflowTracker implements Tracker {
  readonly name = 'mlflow';
  readonly target: string;
  readonly batch = METRICS;
  readonly #settings: MlflowTarget;
  readonly #client: MlflowClient;
  readonly #opened = new Map<string, Opened>();
  #experiment: string | undefined;

  constructor(settings: MlflowTarget) {
    this.#settings = settings;
    this.target = `MLflow at ${settings.base} (experiment ${settings.experiment})`;
    this.#client = new MlflowClient(settings);
  }

  cleanName(name: string): string {
    return mlflowName(name);
  }

  /** SQL stores have no infinities and keep the largest double instead. */
  cleanValue(value: number): number {
    if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
    if (value === Number.NEGATIVE_INFINITY) return -Number.MAX_VALUE;
    return value === 0 ? 0 : value;
  }

  async open(run: TrackedRun, signal: AbortSignal): Promise<Held> {
    const [found, ...others] = await this.#find(run.key, signal);
    // A request that was answered too late may have made a second one.
    for (const { info } of others) await this.#client.deleteRun(info.run_id, signal);
    if (!found) {
      await this.#create(run, signal);
      return new Map();
    }
    const { run_id: id } = found.info;
    this.#remember(run.key, found);
    const held = new Map<string, { step: number; value: number }[]>();
    for (const { key } of found.data?.metrics ?? []) {
      const values = await this.#client.history(id, key, signal);
      held.set(
        key,
        values.map(({ step, value }) => ({ step, value: this.cleanValue(value) })),
      );
    }
    return held;
  }

  async describe(run: TrackedRun, signal: AbortSignal): Promise<void> {
    const opened = this.#openedRun(run);
    const { id } = opened;
    const failures: TrackerFailure[] = [];
    const tags = pairs({ ...run.tags, ...builtInTags(run) }, TAG_LENGTH);
    await this.#put(id, 'tags', tags, signal, failures);
    if (!opened.hasParams) {
      await this.#putParams(id, run.params, signal, failures);
      opened.hasParams = true;
    }
    const status = STATUS[run.status];
    if (opened.status !== status || run.endedAt !== null) {
      const end = run.endedAt === null ? {} : { end_time: Math.round(run.endedAt) };
      await this.#client.updateRun({ run_id: id, status, run_name: run.name, ...end }, signal);
      opened.status = status;
    }
    if (failures[0]) throw failures[0];
  }

  async log(run: TrackedRun, values: readonly LoggedValue[], signal: AbortSignal): Promise<void> {
    const metrics = values.map(({ name, step, value, at }) => ({
      key: name,
      step,
      timestamp: Math.round(at),
      value: Number.isFinite(value) ? value : String(value),
    }));
    await this.#client.logBatch({ run_id: this.#openedRun(run).id, metrics }, signal);
  }

  /** A metric cannot be taken back: the run is deleted, and another takes its place. */
  async restart(run: TrackedRun, signal: AbortSignal): Promise<void> {
    await this.#client.deleteRun(this.#openedRun(run).id, signal);
    await this.#create(run, signal);
  }

  async attach(run: TrackedRun, { name, bytes }: Artifact, signal: AbortSignal): Promise<void> {
    if (!this.#settings.hasArtifacts) return;
    const { artifacts } = this.#openedRun(run);
    if (artifacts === null) {
      throw new TrackerFailure(
        'rejected',
        `The MLflow server at ${this.#settings.base} does not pass artifacts on (--serve-artifacts): configs, reports and plots are not uploaded.`,
      );
    }
    await this.#client.upload(`${artifacts}/${name}`, bytes, signal);
  }

  async #find(key: string, signal: AbortSignal): Promise<MlflowRun[]> {
    try {
      this.#experiment ??= await this.#client.experiment(this.#settings.experiment, signal);
      return await this.#client.runsWith(this.#experiment, KEY_TAG, keyTag(key), signal);
    } catch (error) {
      // It may have been deleted, or the server be another one now.
      this.#experiment = undefined;
      throw error;
    }
  }

  async #create(run: TrackedRun, signal: AbortSignal): Promise<void> {
    const tags = [{ key: KEY_TAG, value: keyTag(run.key) }];
    if (run.parent !== null) {
      const parent = this.#opened.get(run.parent)?.id;
      if (parent === undefined) throw new Error(`the parent ${run.parent} is not open`);
      tags.push({ key: 'mlflow.parentRunId', value: parent });
    }
    const created = await this.#client.createRun(
      { experiment_id: this.#experiment, start_time: Math.round(run.startedAt), run_name: run.name, tags },
      signal,
    );
    this.#remember(run.key, created);
  }

  #remember(key: string, { info }: MlflowRun): void {
    const uri =
      info.artifact_uri !== undefined && URL.canParse(info.artifact_uri) ? new URL(info.artifact_uri) : null;
    const artifacts = uri?.protocol === 'mlflow-artifacts:' ? uri.pathname.replace(/^\/+|\/+$/g, '') : null;
    this.#opened.set(key, { id: info.run_id, artifacts, status: info.status, hasParams: false });
  }

  #openedRun({ key }: TrackedRun): Opened {
    const opened = this.#opened.get(key);
    if (!opened) throw new Error(`the run ${key} is not open`);
    return opened;
  }

  async #putParams(
    id: string,
    params: TrackedRun['params'],
    signal: AbortSignal,
    failures: TrackerFailure[],
  ): Promise<void> {
    for (const [attempt, length] of PARAM_LENGTHS.entries()) {
      const refused: TrackerFailure[] = [];
      await this.#put(id, 'params', pairs(params, length), signal, refused);
      if (refused.length === 0) return;
      if (attempt === PARAM_LENGTHS.length - 1) failures.push(...refused);
    }
  }

  /** Pairs that are refused are looked for by halves, so that one costs no other. */
  async #put(
    id: string,
    kind: 'params' | 'tags',
    items: readonly Pair[],
    signal: AbortSignal,
    failures: TrackerFailure[],
  ): Promise<void> {
    for (let at = 0; at < items.length; at += PARAMS) {
      const part = items.slice(at, at + PARAMS);
      try {
        await this.#client.logBatch({ run_id: id, [kind]: part }, signal);
      } catch (error) {
        if (!(error instanceof TrackerFailure) || error.reason !== 'rejected') throw error;
        if (part.length === 1) failures.push(error);
        else {
          const half = Math.ceil(part.length / 2);
          await this.#put(id, kind, part.slice(0, half), signal, failures);
          await this.#put(id, kind, part.slice(half), signal, failures);
        }
      }
    }
  }
}

/** Quotes would end the text in a search. */
const keyTag = (key: string): string => key.replaceAll(/['"`\\]/g, '_');

function builtInTags(run: TrackedRun): Record<string, string> {
  const reason = run.tags['pawl.reason'];
  return {
    'mlflow.source.name': 'pawl',
    'mlflow.source.type': 'LOCAL',
    'mlflow.user': userName(),
    ...(reason === undefined ? {} : { 'mlflow.note.content': reason }),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

/** Names that become the same under MLflow's rules count once: the first stands. */
function pairs(values: Readonly<Record<string, string | number | boolean>>, length: number): Pair[] {
  const byKey = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    const key = mlflowName(name);
    if (!byKey.has(key)) byKey.set(key, shortened(String(value), length));
  }
  return [...byKey].map(([key, value]) => ({ key, value }));
}
