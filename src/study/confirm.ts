import type { Project } from '../project/load.ts';
import { orientedDifference } from '../evidence/outcome.ts';
import type { StudyRecord } from './record.ts';
import { hasResult, mean } from './results.ts';
import type { EvidenceFacts, MetricChoice, TrialResult } from './types.ts';

export type OpenedConfirm = NonNullable<EvidenceFacts['confirm']>;

/**
 * The confirm metric, which nothing that led here has looked at: same checkpoints, seeds that both trials have where
 * there are any. Null where none is named or none is logged.
 */
export function openConfirm(
  project: Project,
  record: StudyRecord,
  iteration: number,
  reference: TrialResult,
  optimized: TrialResult,
  metric: MetricChoice,
): OpenedConfirm | null {
  const { confirm } = project.settings;
  if (confirm === undefined) return null;
  const valuesOf = ({ runs }: TrialResult) =>
    new Map(
      runs
        .filter(hasResult)
        .flatMap((run) => (run.value.confirm === null ? [] : [[run.seed, run.value.confirm] as const])),
    );
  const [before, after] = [valuesOf(reference), valuesOf(optimized)];
  if (after.size === 0) return null;
  const shared = [...after.keys()].filter((seed) => before.has(seed));
  const of = (values: Map<number | null, number>, seeds: (number | null)[]) =>
    mean(seeds.map((seed) => values.get(seed) as number));
  const arms =
    shared.length > 0
      ? { reference: of(before, shared), optimized: of(after, shared), n: shared.length }
      : {
          reference: before.size === 0 ? null : mean([...before.values()]),
          optimized: mean([...after.values()]),
          n: after.size,
        };
  const openedBefore = record.iterations
    .filter((each) => each.iteration < iteration && each.outcome?.evidence?.confirm)
    .map((each) => each.iteration);
  return {
    metric: confirm,
    ...arms,
    difference:
      arms.reference === null ? null : orientedDifference(arms.reference, arms.optimized, metric.goal),
    openedBefore,
  };
}
