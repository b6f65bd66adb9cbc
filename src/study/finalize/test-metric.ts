import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Curve, Point } from '../../metrics/_contract.ts';
import { findCandidates } from '../../metrics/candidates.ts';
import { chooseMetric } from '../../metrics/choose.ts';
import { readCurve } from '../../metrics/read.ts';
import { PawlError } from '../../errors.ts';
import { inProject, toProjectPath, type Project } from '../../project/load.ts';
import type { MetricChoice, Run } from '../types.ts';
import type { TestValue } from './types.ts';

/** Logs looked into for the test metric. */
const MOST_LOGS = 50;

/** `val_acc` → `test_acc`; names without a phase get `test_` before them. */
export function testMetricName(metric: Pick<MetricChoice, 'name'>): string {
  const named = metric.name.replace(
    /(?<![a-z])(?:validation|valid|val|eval|dev|holdout)(?![a-z])/i,
    (word) => (word === word.toUpperCase() ? 'TEST' : 'test'),
  );
  return named === metric.name ? `test_${metric.name}` : named;
}

export interface FoundTest {
  metric: string;
  value: TestValue;
}

/**
 * The test metric of a final run: in what `evaluate` printed, in the run's own log at the epoch that validation chose,
 * or in any other log of its output folder. Undefined where none holds it.
 */
export async function findTestMetric(
  project: Project,
  run: Run,
  points: readonly Point[],
  wanted: string,
): Promise<FoundTest | undefined> {
  const printed = join(inProject(project, run.directory), 'evaluate', 'stdout.log');
  const evaluated = await lastOf(printed, wanted, project, run);
  if (evaluated) return evaluated;
  const own = chosen(wanted, namesOf(points));
  if (own !== undefined) {
    const logged = points.filter(({ values }) => Number.isFinite(values[own]));
    const epoch = run.value?.epoch ?? null;
    const index = logged.findIndex((point, at) => (point.epoch ?? at + 1) === epoch);
    // Logged at every epoch: validation has chosen which one counts. Logged once: that one.
    const point = logged.length > 1 && index >= 0 ? logged[index] : logged.at(-1);
    const value = point?.values[own];
    if (value !== undefined) {
      const at = logged.length > 1 && index >= 0 ? epoch : null;
      const file = run.metricsFile ?? run.output;
      return { metric: own, value: { run: run.id, seed: run.seed, value, epoch: at, file } };
    }
  }
  const { ranked } = await findCandidates(inProject(project, run.output));
  for (const { path } of ranked.slice(0, MOST_LOGS)) {
    const found = await lastOf(path, wanted, project, run);
    if (found) return found;
  }
  return undefined;
}

async function lastOf(
  file: string,
  wanted: string,
  project: Project,
  run: Run,
): Promise<FoundTest | undefined> {
  if (!(await stat(file).catch(() => undefined))) return undefined;
  let curve: Curve;
  try {
    curve = await readCurve(file);
  } catch (error) {
    if (error instanceof PawlError) return undefined;
    throw error;
  }
  const metric = chosen(wanted, curve.metrics);
  if (metric === undefined) return undefined;
  const value = curve.points.findLast(({ values }) => Number.isFinite(values[metric]))?.values[metric];
  if (value === undefined) return undefined;
  return {
    metric,
    value: { run: run.id, seed: run.seed, value, epoch: null, file: toProjectPath(project, curve.file) },
  };
}

function chosen(wanted: string, names: readonly string[]): string | undefined {
  try {
    return chooseMetric(wanted, names).name;
  } catch (error) {
    // Not there. Two that fit equally well are a matter for the user.
    if (error instanceof PawlError && error.code !== 'METRIC_AMBIGUOUS') return undefined;
    throw error;
  }
}

function namesOf(points: readonly Point[]): string[] {
  const names = new Set<string>();
  for (const { values } of points) for (const name of Object.keys(values)) names.add(name);
  return [...names];
}
