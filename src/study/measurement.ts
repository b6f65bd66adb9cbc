import type { ConfigDocument } from '../config/_contract.ts';
import { parsePath } from '../config/path.ts';
import { decidesMeasurement, definesLoss } from '../diagnosis/words/measurement.ts';
import type { Change, Plan } from '../diagnosis/types.ts';
import { studyError } from './errors.ts';

/** Changes of what is measured, apart from those of the training. */
export interface MeasurementSplit {
  plan: Plan;
  /** Made on both sides of the comparison; part of `plan.changes`. */
  shared: Change[];
  warnings: string[];
}

const decides = ({ path }: Change): boolean => decidesMeasurement(parsePath(path) ?? [path]);
const listed = (changes: readonly Change[]): string => changes.map(({ path }) => path).join(', ');

/**
 * Sees to it that both sides are measured on the same examples: in the first iteration a change of the validation data
 * is made in the baseline too; in a later one, whose reference is measured already, it is left out.
 */
export function splitMeasurement(plan: Plan, base: ConfigDocument, isFirst: boolean): MeasurementSplit {
  const shared = plan.changes.filter(decides);
  if (shared.length === 0) return { plan, shared, warnings: [] };
  const names = listed(shared);
  const verb = shared.length === 1 ? 'decides' : 'decide';
  if (shared.length === plan.changes.length) {
    throw studyError(
      'NO_CHANGES',
      `All that is planned (${names}) ${verb} which examples the result is measured on: nothing is left to compare.`,
      {
        file: base.file,
        remedy: `Change ${names} in the baseline config itself, train the baseline again and diagnose that (\`pawl diagnose\`).`,
      },
    );
  }
  if (isFirst) {
    return {
      plan,
      shared,
      warnings: sharedWarning(plan.changes),
    };
  }
  return { ...leftOut(plan, shared), shared: [] };
}

/** A search, and an iteration after the first, compare with what is measured already: changes of that are left out. */
export function withoutMeasurement(plan: Plan): { plan: Plan; warnings: string[] } {
  const shared = plan.changes.filter(decides);
  return shared.length === 0 ? { plan, warnings: [] } : leftOut(plan, shared);
}

function leftOut(plan: Plan, shared: readonly Change[]): { plan: Plan; warnings: string[] } {
  const message = `${listed(shared)} ${shared.length === 1 ? 'decides' : 'decide'} which examples the result is measured on: values would no longer compare with those that are there.`;
  const skipped = shared.map(({ recommendation, line }) => ({
    recommendation,
    reason: 'keep' as const,
    message,
    line: line ?? 1,
    candidates: [],
  }));
  return {
    plan: {
      ...plan,
      changes: plan.changes.filter((change) => !shared.includes(change)),
      skipped: [...plan.skipped, ...skipped],
    },
    warnings: [`Not applied: ${message} Begin a new study with it in the baseline config.`],
  };
}

/** Says of changes of the validation data what a first iteration does with them. */
export function sharedWarning(changes: readonly Change[]): string[] {
  const shared = changes.filter(decides);
  if (shared.length === 0) return [];
  return [
    `${listed(shared)} ${shared.length === 1 ? 'decides' : 'decide'} which examples the result is measured on: the change is made in the baseline too, which is trained again for the comparison, and is no part of the gain.`,
  ];
}

/** What makes values of the metric itself differ, whatever the model: a loss that is computed otherwise. */
export function lossWarning(changes: readonly Change[], metric: string): string[] {
  if (!/loss|nll|entropy|perplexity|ppl/iu.test(metric)) return [];
  const found = changes.filter(({ path }) => definesLoss(parsePath(path) ?? [path]));
  if (found.length === 0) return [];
  return [
    `${listed(found)} may change how ${metric} itself is computed; values before and after compare only if the training logs it without that. A metric such as accuracy is not touched by it (\`metric:\` in pawl.yaml).`,
  ];
}
