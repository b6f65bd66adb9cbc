import type { SweepSummary } from '../../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../../study/types.ts';
import { type Drawing, draw } from '../../plots/draw.ts';
import type { Importance } from '../importance.ts';
import { historySpec } from './history.ts';
import { importanceSpec } from './importance.ts';
import { parallelSpec } from './parallel.ts';
import { slicesSpec } from './slices.ts';

type PlotName = 'history' | 'importance' | 'parallel' | 'slices';

/** All pictures of a sweep that there is something to draw for, one at a time. */
export async function* drawSweep(
  summary: SweepSummary,
  outcome: StudyOutcome | null,
  importance: readonly Importance[],
): AsyncGenerator<{ name: PlotName; drawing: Drawing }> {
  const { metric } = summary;
  if (!metric) return;
  const specs = {
    history: () => historySpec(summary, outcome, metric),
    importance: () => (importance.length === 0 ? null : importanceSpec(importance)),
    parallel: () => parallelSpec(summary, metric, importance),
    slices: () => slicesSpec(summary, metric, importance),
  };
  for (const name of ['history', 'importance', 'parallel', 'slices'] as const) {
    const spec = specs[name]();
    if (spec) yield { name, drawing: await draw(spec) };
  }
}
