import { getAt, leafPaths } from '../../config/lookup.ts';
import type { Folder } from '../folder.ts';
import { keyword, splitAtCommas, type Call } from '../python/calls.ts';
import { evaluate } from '../python/literal.ts';
import type { PythonModule } from '../python/module.ts';

/** What each library measures where the parameters name no metric, by objective. */
const DEFAULTS: readonly [RegExp, string][] = [
  [/^binary:/, 'logloss'],
  [/^multi:/, 'mlogloss'],
  [/^reg:(?:squarederror|linear)$/, 'rmse'],
  [/^rank:/, 'ndcg'],
  [/^binary$/, 'binary_logloss'],
  [/^(?:multiclass|softmax)$/, 'multi_logloss'],
  [/^(?:regression|regression_l2|mse)$/, 'l2'],
  [/^lambdarank$/, 'ndcg'],
];
const METRIC = /^(?:eval_metric|metric|metrics)$/;

/** Names under which XGBoost and LightGBM print and keep what they measure: the evaluation sets times the metrics. */
export function boostedNames(modules: readonly PythonModule[], folder: Folder): string[] {
  const uses = (name: string): boolean => modules.some(({ packages }) => packages.has(name));
  const joint = uses('xgboost') ? '-' : uses('lightgbm') ? '_' : undefined;
  if (joint === undefined) return [];
  const calls = modules.flatMap((module) => module.calls);
  const sets = [...new Set(calls.flatMap((call) => setsOf(call, joint)))];
  const values = [...ofCalls(calls), ...ofConfigs(folder)];
  const named = values.filter(({ key }) => METRIC.test(key)).map(({ value }) => value);
  const objectives = values.filter(({ key }) => key === 'objective').map(({ value }) => value);
  const metrics =
    named.length > 0
      ? named
      : objectives.flatMap((objective) => DEFAULTS.find(([pattern]) => pattern.test(objective))?.[1] ?? []);
  return sets.flatMap((set) => [...new Set(metrics)].map((metric) => `${set}${joint}${metric}`));
}

/** Evaluation sets of `xgb.train(evals=[(d, "val")])`, `lgb.train(valid_names=[…])`, `model.fit(eval_set=[(X, y)])`. */
function setsOf(call: Call, joint: '-' | '_'): string[] {
  const items = (name: string): number => {
    const tokens = keyword(call, name);
    return tokens?.[0]?.text === '[' ? splitAtCommas(tokens.slice(1, -1)).length : 0;
  };
  const evals = keyword(call, 'evals');
  if (evals?.[0]?.text === '[')
    return splitAtCommas(evals.slice(1, -1)).flatMap((pair) => {
      const name = evaluate(splitAtCommas(pair.slice(1, -1))[1] ?? []);
      return typeof name === 'string' ? [name] : [];
    });
  const names = keyword(call, 'valid_names');
  const given = names && evaluate(names);
  if (Array.isArray(given)) return given.filter((name) => typeof name === 'string');
  if (typeof given === 'string') return [given];
  const count = items('eval_set') + items('valid_sets');
  return Array.from({ length: count }, (_, index) =>
    joint === '-' ? `validation_${index}` : `valid_${index}`,
  );
}

interface Setting {
  key: string;
  value: string;
}

/** Of `XGBClassifier(eval_metric="auc")` and `params = dict(metric="rmse")`. */
function ofCalls(calls: readonly Call[]): Setting[] {
  return calls.flatMap(({ args }) =>
    args.flatMap(({ name, tokens }) => {
      if (name === null || !(METRIC.test(name) || name === 'objective')) return [];
      return texts(evaluate(tokens)).map((value) => ({ key: name, value }));
    }),
  );
}

function ofConfigs({ configs }: Folder): Setting[] {
  return configs.flatMap(({ value }) =>
    leafPaths(value).flatMap((path) => {
      const key = String(path.findLast((part) => typeof part === 'string'));
      return METRIC.test(key) || key === 'objective'
        ? texts(getAt(value, path)).map((text) => ({ key, value: text }))
        : [];
    }),
  );
}

function texts(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string' && /^[\w@.:-]{1,40}$/.test(each));
}
