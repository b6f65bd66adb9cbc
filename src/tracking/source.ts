import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, posix } from 'node:path';
import type { ConfigDocument } from '../config/_contract.ts';
import { readConfig } from '../config/document.ts';
import { formatPath } from '../config/path.ts';
import type { Point } from '../metrics/_contract.ts';
import { inProject, type Project } from '../project/load.ts';
import type { Store } from '../store/_contract.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { uniqueSeedPath } from '../study/attach-baseline.ts';
import { hashValue } from '../study/hash.ts';
import { runOf, type StudyRecord } from '../study/record.ts';
import { storeFile } from '../study/session.ts';
import type { Run } from '../study/types.ts';
import type { SendSource } from './sender.ts';
import type { Artifact, ParamValue, TrackedRun } from './_contract.ts';
import { describeRun, describeStudy, type Facts, flatParams, studyPoints, trackedRuns } from './describe.ts';

/** A report or plot is small; what is larger is none. */
const LARGEST_BYTES = 20_000_000;
/** Name of the metric that holds the value which stands for a run. */
const VALUE = 'pawl.value';
const REPORT_FILES = /\.(?:md|png|svg|json)$/;
/** Files that were there before and were kept beside: reports of other studies. */
const FORMER = /\.previous-\d+\./;

/** What trackers are told of a study: from its record, its store and its files. Live curves are lent by the engine. */
export class StudySource implements SendSource {
  /** Replaced when the study is loaded anew. */
  record: StudyRecord;
  /** Whether the reports on disk are of this study by now. */
  hasReports = false;
  readonly #project: Project;
  readonly #live = new Map<string, readonly Point[]>();
  readonly #params = new Map<string, Promise<Record<string, ParamValue>>>();
  #store: Promise<Store> | undefined;

  constructor(project: Project, record: StudyRecord) {
    this.#project = project;
    this.record = record;
  }

  get study(): string {
    return this.record.id;
  }

  /** The study first: it is the parent of all others. */
  keys(): string[] {
    return [this.record.id, ...trackedRuns(this.record).map(({ id }) => this.keyOf(id))];
  }

  keyOf(run: string): string {
    return `${this.record.id}/${run}`;
  }

  facts(key: string): Facts {
    const run = this.#runOf(key);
    return run ? describeRun(this.record, run) : describeStudy(this.record);
  }

  async describe(key: string): Promise<TrackedRun> {
    const known = this.#params.get(key) ?? this.#readParams(key);
    this.#params.set(key, known);
    const params = await known;
    return { ...this.facts(key), params };
  }

  /** `points` are read when they are sent; they may grow until then. */
  lend(run: string, points: readonly Point[]): void {
    this.#live.set(run, points);
  }

  /** The store has the curve of a run that ended. */
  giveBack(run: string): void {
    this.#live.delete(run);
  }

  async curve(key: string): Promise<readonly Point[]> {
    const run = this.#runOf(key);
    if (!run) return studyPoints(this.record);
    const live = this.#live.get(run.id);
    if (live) return live;
    this.#store ??= openSqliteStore(storeFile(this.#project.root));
    return withValue(await (await this.#store).curve(this.record.id, run.id), run);
  }

  /** Files to be stored with a run; each is read when its turn comes. */
  async *artifacts(key: string): AsyncGenerator<Artifact & { hash: string }> {
    for (const [name, file] of await this.#files(key)) {
      const info = await stat(file).catch(() => undefined);
      if (!info?.isFile() || info.size > LARGEST_BYTES) continue;
      const bytes = await readFile(file);
      yield { name, bytes, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16) };
    }
  }

  async close(): Promise<void> {
    await (await this.#store?.catch(() => undefined))?.close();
  }

  #runOf(key: string): Run | undefined {
    return key === this.record.id ? undefined : runOf(this.record, key.slice(this.record.id.length + 1));
  }

  /** The config that a run was trained with; undefined where it is not what it was any more. */
  async #configOf(run: Run): Promise<ConfigDocument | undefined> {
    const trial = this.record.trials.get(run.trial);
    if (!trial) return undefined;
    // Where the seed is passed in the config, each run has a copy of its own.
    const own = join(inProject(this.#project, run.directory), `config${extname(trial.config)}`);
    if (run.status !== 'adopted' && existsSync(own)) return readConfig(own).catch(() => undefined);
    const document = await readConfig(inProject(this.#project, trial.config)).catch(() => undefined);
    return document && hashValue(document.value) === trial.configHash ? document : undefined;
  }

  async #readParams(key: string): Promise<Record<string, ParamValue>> {
    const run = this.#runOf(key);
    if (!run) {
      const { train, metric } = this.#project.settings;
      return {
        train: typeof train === 'string' ? train : train.join(' '),
        metric: typeof metric === 'string' ? metric : metric.name,
      };
    }
    const document = await this.#configOf(run);
    // Of a config that is gone the changes that were made in it are known.
    const changes = this.record.trials.get(run.trial)?.changes ?? [];
    const params = document
      ? flatParams(document.value)
      : Object.fromEntries(changes.flatMap(({ path, to }) => Object.entries(flatParams(to, path))));
    if (run.seed === null) return params;
    const seedPath = document && uniqueSeedPath(document);
    return { ...params, [seedPath ? formatPath(seedPath) : 'seed']: run.seed };
  }

  async #files(key: string): Promise<[name: string, file: string][]> {
    const run = this.#runOf(key);
    const at = (path: string): string => inProject(this.#project, path);
    if (run) {
      const file = (await this.#configOf(run))?.file;
      return file === undefined ? [] : [[`config/${basename(file)}`, file]];
    }
    if (!this.hasReports) return [];
    const files: [string, string][] = [];
    for (const { iteration, outcome, diagnosis } of this.record.iterations) {
      if (!outcome) continue;
      const folder = posix.dirname(outcome.artifacts.report);
      for (const name of await readdir(at(folder)).catch(() => []))
        if (REPORT_FILES.test(name) && !FORMER.test(name))
          files.push([`iteration-${iteration}/${name}`, join(at(folder), name)]);
      files.push([
        `iteration-${iteration}/${basename(outcome.artifacts.config)}`,
        at(outcome.artifacts.config),
      ]);
      if (diagnosis.file !== '')
        files.push([`iteration-${iteration}/${basename(diagnosis.file)}`, at(diagnosis.file)]);
    }
    for (const { number, outcome } of this.record.finals) {
      if (!outcome) continue;
      for (const path of Object.values(outcome.artifacts))
        files.push([`final-${number}/${basename(path)}`, at(path)]);
    }
    return files;
  }
}

export const folderOfLedgers = (root: string): string => join(dirname(storeFile(root)), 'tracking');

/** The value that stands for the run, with its last point: what a tracker sorts and compares runs by. */
function withValue(points: Point[], { value, endedAt, status }: Run): Point[] {
  if (value === null || (endedAt === null && status !== 'adopted')) return points;
  const last = points.at(-1) ?? { step: null, epoch: null, values: {} };
  return [...points.slice(0, -1), { ...last, values: { ...last.values, [VALUE]: value.value } }];
}
