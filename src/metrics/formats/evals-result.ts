import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { JsonReader, parseDocument } from './json.ts';

/** `evals_result` of XGBoost and `record_evaluation` of LightGBM, dumped as JSON: `{"valid_0": {"auc": [0.9, …]}}`. */
export const evalsResult: MetricFormat = {
  name: 'evals-result',
  title: 'evaluation results of XGBoost or LightGBM as JSON',
  detect,
  open: (_member: Member, sink: Sink) => new JsonReader(sink),
};

const SET =
  /^(?:train|training|learn|val|valid|validation|eval|test|dtrain|dval|dvalid|dtest|cv_agg)(?:[_-]?\w+)?$/i;

function detect({ text }: Sample): Detection | undefined {
  if (text === null || !/^\s*\{\s*"[^"]*"\s*:\s*\{\s*"[^"]*"\s*:\s*\[/.test(text)) return undefined;
  const value = parseDocument(text)?.value;
  if (!isObject(value)) return undefined;
  const isResult = Object.entries(value).every(
    ([set, metrics]) =>
      SET.test(set) &&
      isObject(metrics) &&
      Object.values(metrics).every(
        (array) => Array.isArray(array) && array.every((item) => typeof item === 'number'),
      ),
  );
  return isResult ? { confidence: 0.98, why: 'a number a round for each metric of each set' } : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
