import { extname, resolve } from 'node:path';
import type { ConfigValue } from '../../config/value.ts';
import { formatPath } from '../../config/path.ts';
import { inProject, type Project } from '../../project/load.ts';
import { isActive, isInside } from '../../search/space/active.ts';
import type { Param, Params, Space } from '../../search/space.ts';
import { plural } from '../../report/table.ts';
import { scaleOf } from '../../metrics/scale.ts';
import type { Session } from '../session.ts';
import { newRun } from '../new-run.ts';
import type { MetricChoice, Run } from '../types.ts';
import { type CandidateMaker, makeCandidate } from './candidates.ts';
import { sweepError } from './errors.ts';
import { paramsKey } from './params-key.ts';
import { readOptunaResults, readTableResults } from './read-imported.ts';
import type { SweepHooks } from './run-sweep.ts';

/** Finished trials of another tool as they can be taken into a search. */
export interface ReadTrials {
  named: string;
  trials: { params: Params; value: number }[];
  /** Trials of the file that lack a parameter of the space. */
  incomplete: number;
}

/** Reads a file of finished trials. What makes it useless is said before anything is begun. */
export async function readTrials(
  project: Project,
  space: Space,
  named: string,
  cwd: string,
): Promise<ReadTrials> {
  const file = /^sqlite/i.test(named) ? named : inProject({ root: cwd }, named);
  const wanted = metricName(project);
  const isTable = /^\.(?:csv|tsv|txt)$/i.test(extname(file));
  const written = isTable
    ? await readTableResults(resolve(file), wanted)
    : await readOptunaResults(file, wanted);
  const trials = written.flatMap(({ params: each, value }) => {
    const params = paramsFrom(space, each);
    return params === null ? [] : [{ params, value }];
  });
  if (trials.length === 0) {
    throw sweepError(
      'SWEEP_IMPORT_INVALID',
      `${named} holds no finished trial with values for ${space.params.map(({ name }) => name).join(', ')}.`,
      {
        file: named,
        remedy: 'Name its columns or parameters as the space does, by config path or its last key.',
      },
    );
  }
  return { named, trials, incomplete: written.length - trials.length };
}

/**
 * Takes finished trials of another tool into the search: they cost nothing of the budget, teach the sampler, and stand
 * for election like any other. What of the file cannot be used is said.
 */
export async function importTrials(
  { record, emit }: Session,
  maker: CandidateMaker,
  { named, trials, incomplete }: ReadTrials,
  hooks: Pick<SweepHooks, 'say' | 'now'>,
): Promise<void> {
  const known = new Set(
    [...record.trials.values()].flatMap(({ candidacy }) =>
      candidacy?.origin === 'imported' ? [keyOf(candidacy.params)] : [],
    ),
  );
  const factor = factorOf(trials, record.metric);
  let number = [...record.trials.values()].reduce(
    (most, { candidacy, iteration }) =>
      candidacy && iteration === maker.iteration ? Math.max(most, candidacy.number + 1) : most,
    0,
  );
  let taken = 0;
  let outside = 0;
  for (const { params, value } of trials) {
    const key = keyOf(params);
    if (known.has(key)) continue;
    if (!isInside(maker.space, params)) outside += 1;
    const at = hooks.now();
    const trial = await makeCandidate(maker, { number, params, origin: 'imported' });
    await emit({ type: 'trial-added', at, trial });
    await emit({ type: 'run-starting', at, run: importedRun(trial.id, value * factor, named) });
    number += 1;
    taken += 1;
  }
  const notes = [
    outside > 0 ? `${outside} of them outside the space` : '',
    incomplete > 0 ? `${plural(incomplete, 'other')} left out, which lack a parameter of the space` : '',
    factor === 1 ? '' : `values multiplied by ${factor} to the scale of the study`,
  ].filter((note) => note !== '');
  hooks.say(
    `Imported ${plural(taken, 'finished trial')} from ${named}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}.`,
  );
}

const keyOf = (params: Params): string => paramsKey(params);

function metricName({ settings }: Project): string {
  return typeof settings.metric === 'string' ? settings.metric : settings.metric.name;
}

/** Values written as 83 where the study counts 0.83, or the other way round. */
function factorOf(trials: ReadTrials['trials'], metric: MetricChoice | null): number {
  if (!metric || metric.scale === 'other' || trials.length === 0) return 1;
  const scale = scaleOf(
    metric.name,
    trials.map(({ value }) => value),
  );
  if (scale === metric.scale || scale === 'other') return 1;
  return metric.scale === 'fraction' ? 0.01 : 100;
}

/** The space's parameters among what was written, by name, by path or by a last key that is nobody else's. */
function paramsFrom(space: Space, written: Readonly<Record<string, ConfigValue>>): Params | null {
  const params = Object.create(null) as Record<string, ConfigValue>;
  for (const param of space.params) {
    if (!isActive(param, params)) continue;
    const value = namesOf(param, space)
      .map((name) => (Object.hasOwn(written, name) ? written[name] : undefined))
      .find((each) => each !== undefined);
    if (value === undefined) return null;
    params[param.name] = fitted(param, value);
  }
  return params;
}

function namesOf(param: Param, space: Space): string[] {
  const last = String(param.path.at(-1));
  const isOwn = space.params.filter(({ path }) => String(path.at(-1)) === last).length === 1;
  return [param.name, formatPath(param.path), param.path.join('/'), ...(isOwn ? [last] : [])];
}

/** A value as the space has it: the choice that is written the same, a number where a number is searched. */
function fitted(param: Param, value: ConfigValue): ConfigValue {
  if (param.kind === 'float' || param.kind === 'int')
    return typeof value === 'string' ? Number(value) : value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const same = param.choices.find(
    (choice) => choice === value || (typeof choice === 'string' ? choice : JSON.stringify(choice)) === text,
  );
  return same ?? value;
}

function importedRun(trial: string, value: number, file: string): Run {
  return newRun({
    id: `${trial}-imported`,
    trial,
    seed: null,
    status: 'adopted',
    directory: '.',
    output: '.',
    value: {
      value,
      epoch: 1,
      last: value,
      best: value,
      bestEpoch: 1,
      epochs: 0,
      train: null,
      trainLoss: null,
      valLoss: null,
      confirm: null,
      factor: 1,
    },
    notes: [`imported from ${file}`],
  });
}
