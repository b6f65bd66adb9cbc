import type {
  OptunaDistribution,
  OptunaParam,
  OptunaState,
  OptunaStudy,
  OptunaTrial,
} from '../../optuna/study.ts';
import type { ConfigValue } from '../../config/value.ts';
import { contains } from '../../search/space/domain.ts';
import type { Param, Params, Space } from '../../search/space.ts';
import type { Store } from '../../store/_contract.ts';
import { iterationOf, type StudyRecord } from '../record.ts';
import { ReportBook } from './reports.ts';
import { summarizeSweep, type SweepTrial } from './summary.ts';

const STATES: Record<SweepTrial['state'], OptunaState> = {
  complete: 'COMPLETE',
  pruned: 'PRUNED',
  failed: 'FAIL',
  running: 'RUNNING',
  waiting: 'WAITING',
};

/** A sweep in Optuna's terms. Values are means over seeds, intermediate values those of the first seed. */
export async function toOptunaStudy(
  store: Store,
  record: StudyRecord,
  iteration: number,
): Promise<OptunaStudy> {
  const summary = summarizeSweep(record, iterationOf(record, iteration));
  if (!summary) throw new Error(`iteration ${iteration} is no sweep`);
  const { metric, plan } = summary;
  const book = new ReportBook();
  const trials: OptunaTrial[] = [];
  for (const trial of summary.trials) {
    const [first] = trial.runs;
    if (first && metric) book.put(first.id, await store.curve(record.id, first.id), metric.name);
    const { params, outside } = paramsOf(plan.space, trial.params);
    const ended =
      trial.startedAt !== null && trial.seconds !== null ? trial.startedAt + trial.seconds * 1000 : null;
    trials.push({
      state: STATES[trial.state],
      startedAt: trial.startedAt ?? (trial.state === 'waiting' ? null : record.createdAt),
      endedAt:
        trial.state === 'running' || trial.state === 'waiting'
          ? null
          : (ended ?? trial.startedAt ?? record.createdAt),
      value:
        trial.state === 'complete'
          ? trial.value
          : trial.state === 'pruned'
            ? lastOf(book, first?.id, metric?.name)
            : null,
      intermediate: first ? book.of(first.id, metric?.name ?? null) : [],
      params,
      userAttributes: {
        origin: trial.origin,
        trial: trial.trial,
        epochs: trial.epochs,
        ...(trial.runs.length > 1 ? { seeds: trial.runs.map(({ seed, value }) => ({ seed, value })) } : {}),
        ...(trial.why === null ? {} : { why: trial.why }),
        ...outside,
      },
    });
  }
  return {
    name: `pawl-${record.id}${iteration === 1 ? '' : `-${iteration}`}`,
    direction: metric?.goal === 'min' ? 'MINIMIZE' : 'MAXIMIZE',
    userAttributes: { metric: metric?.name ?? null, sampler: plan.sampler, study: record.id },
    trials,
  };
}

/** A pruned trial of Optuna has its last intermediate value as its value. */
function lastOf(book: ReportBook, run: string | undefined, metric: string | undefined): number | null {
  const last = run === undefined ? undefined : book.of(run, metric ?? null).at(-1)?.value;
  return last === undefined || Number.isNaN(last) ? null : last;
}

/** Values that lie outside the space (a baseline's, as a rule) are told beside the parameters, which could not hold them. */
function paramsOf(
  space: Space,
  values: Params,
): { params: OptunaParam[]; outside: Record<string, ConfigValue> } {
  const params: OptunaParam[] = [];
  const outside: Record<string, ConfigValue> = {};
  for (const param of space.params) {
    const value = values[param.name];
    if (value === undefined) continue;
    if (!contains(param, value)) outside[`outside ${param.name}`] = value;
    else params.push({ name: param.name, value: scalarOf(value), distribution: distributionOf(param) });
  }
  return { params, outside };
}

function distributionOf(param: Param): OptunaDistribution {
  switch (param.kind) {
    case 'float':
      return {
        name: 'FloatDistribution',
        low: param.low,
        high: param.high,
        log: param.isLog,
        step: param.step,
      };
    case 'int':
      return {
        name: 'IntDistribution',
        low: param.low,
        high: param.high,
        log: param.isLog,
        step: param.step,
      };
    case 'categorical':
    case 'ordinal':
      return { name: 'CategoricalDistribution', choices: param.choices.map(scalarOf) };
  }
}

/** Choices of Optuna are scalars: lists and mappings become their JSON. */
function scalarOf(value: ConfigValue): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
