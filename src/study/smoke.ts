import { join } from 'node:path';
import type { ConfigDocument } from '../config/_contract.ts';
import { getAt, hasAt } from '../config/lookup.ts';
import { formatPath, parsePath } from '../config/path.ts';
import type { ConfigValue } from '../config/value.ts';
import type { Change } from '../diagnosis/types.ts';
import type { Point } from '../metrics/_contract.ts';
import type { Project } from '../project/load.ts';
import type { Store } from '../store/_contract.ts';
import { lastRunOf } from './attempts.ts';
import { writeEdited } from './configure.ts';
import { readTestimony, testify } from './effective/findings.ts';
import { findEpochLimit } from './epochs.ts';
import type { StudyRecord } from './record.ts';
import { actsBeyondLimit, canShowInSmokeRun, SMOKE_DONE, type SmokeTrials } from './strategies/preflight.ts';
import type { PreflightFinding, Trial } from './types.ts';

export interface SmokePlan {
  trials: Trial[];
  ids: SmokeTrials;
  /** Points after which a run is cut, where no epoch limit could be lowered; else null. */
  pointsWanted: number | null;
}

/** Writes the configs of the check runs: the epoch limit at 1 (or `smoke.overrides`), then each set of changes. */
export async function planSmoke(
  project: Project,
  record: Pick<StudyRecord, 'id' | 'trials'>,
  iteration: number,
  base: ConfigDocument,
  changes: readonly Change[],
): Promise<SmokePlan> {
  const { overrides, isShort } = smokeOverrides(project, base);
  const folder = `.pawl/smoke/${record.id}`;
  const extension = base.format === 'yaml' ? '.yaml' : `.${base.format}`;
  const touched = new Set(overrides.map(({ path }) => path));
  const make = async (name: string, label: string, applied: readonly Change[]): Promise<Trial> => {
    // After a failed attempt at this iteration its number may stand for other changes.
    let id = `smoke-${iteration}-${name}`;
    for (let attempt = 2; isOther(record.trials.get(id), applied); attempt++)
      id = `smoke-${iteration}-${name}-${attempt}`;
    const effective = [...applied.filter((change) => !touched.has(change.path)), ...overrides];
    const target = join(folder, `${id}${extension}`);
    const { config, configHash } = await writeEdited(project, base, effective, target, () => {});
    return { id, kind: 'smoke', iteration, label, config, configHash, changes: [...applied] };
  };
  const baseline = await make('baseline', 'check run of the baseline', []);
  const repeat = await make('repeat', 'check run of the baseline, repeated', []);
  const optimized = await make('optimized', 'check run of the optimized config', changes);
  const single: { path: string; trial: string }[] = [];
  const trials = [baseline, repeat, optimized];
  for (const [index, change] of changes.entries()) {
    const trial = await make(`change-${index + 1}`, `check run with ${change.path} alone`, [change]);
    trials.push(trial);
    single.push({ path: change.path, trial: trial.id });
  }
  return {
    trials,
    ids: { baseline: baseline.id, repeat: repeat.id, optimized: optimized.id, single },
    pointsWanted: isShort ? null : 1,
  };
}

const isOther = (trial: Trial | undefined, changes: readonly Change[]): boolean =>
  trial !== undefined &&
  JSON.stringify(trial.changes.map(({ path, to }) => [path, to])) !==
    JSON.stringify(changes.map(({ path, to }) => [path, to]));

function smokeOverrides(project: Project, base: ConfigDocument): { overrides: Change[]; isShort: boolean } {
  const asked = project.settings.smoke === false ? {} : (project.settings.smoke?.overrides ?? {});
  const entries = Object.entries(asked).map(([text, value]) => toOverride(base, text, value as ConfigValue));
  if (entries.length > 0) return { overrides: entries, isShort: true };
  const limit = findEpochLimit(base.value);
  const key = String(limit?.path.at(-1));
  const short = /epoch/i.test(key) ? 1 : ROUNDS.test(key) ? ENOUGH_ROUNDS : undefined;
  if (!limit || short === undefined) return { overrides: [], isShort: false };
  const overrides = limit.value <= short ? [] : [toOverride(base, formatPath(limit.path), short)];
  return { overrides, isShort: true };
}

/** Boosting logs every round, and a round takes next to nothing. */
const ROUNDS = /^(?:num_boost_rounds?|n_estimators|nrounds)$/i;
const ENOUGH_ROUNDS = 10;

function toOverride(base: ConfigDocument, text: string, value: ConfigValue): Change {
  const path = parsePath(text) ?? [text];
  const exists = hasAt(base.value, path);
  return {
    path: formatPath(path),
    kind: exists ? 'changed' : 'new',
    from: exists ? (getAt(base.value, path) ?? null) : null,
    to: value,
    recommendation: null,
    line: null,
    why: 'short check run',
  };
}

/** What the check runs showed: metrics appear, training is deterministic or not, and each change takes effect or not. */
export async function readSmoke(
  project: Project,
  record: StudyRecord,
  store: Store,
  ids: SmokeTrials,
  seed: number | null,
  changes: readonly Change[],
): Promise<PreflightFinding[]> {
  const curveOf = async (trial: string): Promise<Point[]> => {
    const run = lastRunOf(record, trial, seed);
    return run ? store.curve(record.id, run.id) : [];
  };
  const trials = [ids.baseline, ids.repeat, ids.optimized, ...ids.single.map(({ trial }) => trial)];
  const wasCut = trials.some((trial) => lastRunOf(record, trial, seed)?.failure?.code === SMOKE_DONE);
  const isSame = wasCut ? sameBeginning : sameCurve;
  const baseline = await curveOf(ids.baseline);
  const repeat = await curveOf(ids.repeat);
  const findings: PreflightFinding[] = [
    { status: 'passed', what: 'the training runs', detail: 'Both configs trained briefly without an error.' },
    {
      status: 'passed',
      what: 'the metric appears',
      detail: `${record.metric?.name ?? 'The metric'} was logged in both check runs.`,
    },
  ];
  const isDeterministic = isSame(baseline, repeat);
  findings.push({
    status: isDeterministic ? 'passed' : 'unknown',
    what: 'training is deterministic',
    detail: isDeterministic
      ? 'Two check runs with one seed gave bit-identical metrics.'
      : 'Two check runs with one seed differ, so whether a change takes effect cannot be told from the curves.',
  });
  const testimony = await readTestimony(
    project,
    lastRunOf(record, ids.optimized, seed),
    record.trials.get(ids.optimized),
  );
  for (const { path, trial } of ids.single) {
    const change = changes.find((each) => each.path === path);
    const { finding, arrivedAt } = change ? testify(change, testimony) : {};
    if (finding) findings.push(finding);
    if (finding?.what === `${path} takes effect`) continue;
    const arrival = arrivedAt === undefined ? '' : ` ${arrivedAt} shows that it arrived.`;
    const what = `${path} takes effect`;
    if (!canShowInSmokeRun(path)) {
      const detail = `It acts over epochs, which a short run cannot show.${arrival}`;
      findings.push({ status: 'unknown', what, detail });
    } else if (!isDeterministic) {
      findings.push({ status: 'unknown', what, detail: `Training is not deterministic.${arrival}` });
    } else if (isSame(baseline, await curveOf(trial)) && actsBeyondLimit(path)) {
      const detail = `The check run with it is identical to the baseline's; it acts only beyond a limit, which a short run may not reach.${arrival}`;
      findings.push({ status: 'unknown', what, detail });
    } else if (isSame(baseline, await curveOf(trial)) && !isTelling(baseline)) {
      const detail = `The check run with it is identical to the baseline's, but so few coarse figures can agree by chance: log a loss, and it can be told.${arrival}`;
      findings.push({ status: 'unknown', what, detail });
    } else if (isSame(baseline, await curveOf(trial))) {
      const detail =
        arrivedAt === undefined
          ? "The check run with it is bit-identical to the baseline's: the training ignores it (inert)."
          : `${arrivedAt} shows that it arrived, yet the check run with it is bit-identical to the baseline's: the training takes it and does not use it (inert).`;
      findings.push({ status: 'failed', what, detail });
    } else {
      findings.push({
        status: 'passed',
        what,
        detail: `The check run with it differs from the baseline.${arrival}`,
      });
    }
  }
  return findings;
}

/** Paths that the findings show to be ignored by the training. */
export function inertPaths(findings: readonly PreflightFinding[] | null): string[] {
  return (findings ?? []).flatMap(({ status, what }) =>
    status === 'failed' && what.endsWith(' takes effect') ? [what.slice(0, -' takes effect'.length)] : [],
  );
}

const CLOCK =
  /time|second|elapsed|duration|speed|throughput|per_sec|memory|mem_|gpu|cpu|eta|timestamp|runtime|flops|\/s$/i;

const CONTINUOUS =
  /loss|nll|entropy|perplexity|ppl|mse|rmse|mae|norm|grad|logit|likelihood|elbo|reward|return/i;
/** Different fractional values that no two trainings share by chance. */
const ENOUGH_VALUES = 6;

/**
 * Whether a curve is fine enough for identity to be proof: it has a continuous quantity, or many values. One epoch of
 * accuracies on a few hundred examples is the same for many trainings.
 */
export function isTelling(points: readonly Point[]): boolean {
  const values = new Set<number>();
  for (const point of points) {
    for (const [name, value] of Object.entries(point.values)) {
      if (CLOCK.test(name) || !Number.isFinite(value) || Number.isInteger(value)) continue;
      if (CONTINUOUS.test(name)) return true;
      values.add(value);
    }
  }
  return values.size >= ENOUGH_VALUES;
}

/** The same of runs that were cut while they went on: how many points each came to is chance. */
export function sameBeginning(a: readonly Point[], b: readonly Point[]): boolean {
  const length = Math.min(a.length, b.length);
  return sameCurve(a.slice(0, length), b.slice(0, length));
}

/** Whether two curves hold the same numbers, clocks and resource use aside. */
export function sameCurve(a: readonly Point[], b: readonly Point[]): boolean {
  if (a.length !== b.length || a.length === 0) return false;
  return a.every((point, index) => {
    const other = (b[index] as Point).values;
    const names = Object.keys(point.values).filter((name) => !CLOCK.test(name));
    return (
      names.length === Object.keys(other).filter((name) => !CLOCK.test(name)).length &&
      names.every((name) => Object.is(point.values[name], other[name]))
    );
  });
}
