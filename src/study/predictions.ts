import { relative } from 'node:path';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { judgePredictions, type SeedPredictions } from '../evidence/predictions.ts';
import { inProject, type Project } from '../project/load.ts';
import { alignTo, type PredictionTable, readPredictions } from './prediction-file.ts';
import { hasResult } from './results.ts';
import { showValue } from './show.ts';
import type { MetricChoice, PredictionFacts, Run, TrialResult } from './types.ts';

/** Names under which a training may leave its per-example validation predictions in {output}. */
const PREDICTION_FILES = ['predictions.jsonl', 'predictions.csv'] as const;

export interface PredictionComparison {
  facts: PredictionFacts | null;
  /** Examples of the validation set, where a run's predictions tell; null where none do. */
  examples: number | null;
  warnings: string[];
}

/** Compares two trials by the predictions that their runs left, on the seeds that both have. */
export async function comparePredictions(
  project: Project,
  reference: TrialResult,
  optimized: TrialResult,
  metric: MetricChoice,
  alpha: number,
): Promise<PredictionComparison> {
  const warnings: string[] = [];
  const read = async (run: Run): Promise<PredictionTable | null> => {
    const file = await findPredictions(project, run);
    if (file === undefined) return null;
    const reading = await readPredictions(file);
    if ('table' in reading) return reading.table;
    const name = relative(project.root, file);
    warnings.push(`The predictions in ${name} are not used: ${reading.problem}.`);
    return null;
  };
  let order: Float64Array | undefined;
  const seeds: SeedPredictions[] = [];
  const accuracies: { baseline: number; optimized: number }[] = [];
  const notes: string[] = [];
  for (const [before, after] of pairsOf(reference, optimized)) {
    const tables = { baseline: await read(before), optimized: await read(after) };
    order ??= (tables.baseline ?? tables.optimized)?.ids;
    if (!order) continue;
    if (!tables.baseline || !tables.optimized) {
      const without = tables.baseline ? after.id : before.id;
      notes.push(`seed ${before.seed} is left out: ${without} has no usable predictions`);
      continue;
    }
    const baseline = alignTo(order, tables.baseline);
    const changed = alignTo(order, tables.optimized);
    if (!baseline || !changed) {
      const which = baseline ? after.id : before.id;
      warnings.push(
        `The predictions of ${which} are on other examples than those of the first run (${order.length.toLocaleString('en-US')}); seed ${before.seed} is left out of the comparison by examples.`,
      );
      continue;
    }
    seeds.push({ seed: before.seed ?? seeds.length, baseline, optimized: changed });
    accuracies.push({ baseline: shareOf(baseline), optimized: shareOf(changed) });
    warnings.push(...disagreements(metric, [before, shareOf(baseline)], [after, shareOf(changed)]));
  }
  const examples = order?.length ?? null;
  if (seeds.length === 0 || examples === null || examples < 2) return { facts: null, examples, warnings };
  const mean = (arm: 'baseline' | 'optimized') =>
    accuracies.reduce((sum, each) => sum + each[arm], 0) / accuracies.length;
  const accuracy = { baseline: mean('baseline'), optimized: mean('optimized') };
  if (accuracy.baseline === 0 && accuracy.optimized === 0) {
    warnings.push(
      'No prediction equals its label in any run: the predictions are not used. Write class labels, or `correct`.',
    );
    return { facts: null, examples, warnings };
  }
  const judged = judgePredictions(seeds, alpha);
  const isCrossed = judged.method === 'crossed';
  return {
    examples,
    warnings,
    facts: {
      method: judged.method,
      verdict: judged.verdict,
      seeds: seeds.map(({ seed }) => seed),
      examples,
      accuracy,
      difference: judged.mean,
      se: isCrossed ? judged.se : null,
      low: isCrossed ? judged.low : null,
      high: isCrossed ? judged.high : null,
      won: isCrossed ? null : judged.won,
      lost: isCrossed ? null : judged.lost,
      p: judged.p,
      alpha,
      notes,
    },
  };
}

/** Runs of both trials on one seed. */
function pairsOf(reference: TrialResult, optimized: TrialResult): [Run, Run][] {
  const bySeed = new Map(reference.runs.filter(hasResult).map((run) => [run.seed, run]));
  return optimized.runs.filter(hasResult).flatMap((run): [Run, Run][] => {
    const other = bySeed.get(run.seed);
    return other ? [[other, run]] : [];
  });
}

async function findPredictions(project: Project, run: Run): Promise<string | undefined> {
  if (run.status === 'adopted' && run.output === '') return undefined;
  for (const name of PREDICTION_FILES) {
    const file = join(inProject(project, run.output), name);
    if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  }
  return undefined;
}

const shareOf = (answers: Uint8Array): number =>
  answers.reduce((sum, isRight) => sum + isRight, 0) / answers.length;

/** Logged and counted accuracy further apart than this are not of one epoch and split. */
const TOLERANCE = 0.005;

/** Where the metric is an accuracy, the predictions should come to the logged value. */
function disagreements(metric: MetricChoice, ...runs: [Run, number][]): string[] {
  if (metric.scale === 'other' || !/acc/i.test(metric.name)) return [];
  const unit = metric.scale === 'percent' ? 100 : 1;
  return runs.flatMap(([run, share]) => {
    if (!run.value || Math.abs(run.value.value / unit - share) <= TOLERANCE) return [];
    return [
      `The predictions of ${run.id} come to ${showValue(share * unit, metric)}, its log to ${showValue(run.value.value, metric)} (epoch ${run.value.epoch}): they are of another epoch or split, and the comparison by examples speaks of that.`,
    ];
  });
}
