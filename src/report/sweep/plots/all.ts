import type { SweepSummary } from '../../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../../study/types.ts';
import type { Drawing } from '../../plots/draw.ts';
import type { Importance } from '../importance.ts';

export type PlotName = 'history' | 'importance' | 'parallel' | 'slices';

/** All pictures of a sweep that there is something to draw for. */
export async function drawSweep(
  _summary: SweepSummary,
  _outcome: StudyOutcome,
  _importance: readonly Importance[],
): Promise<{ name: PlotName; drawing: Drawing }[]> {
  return [];
}
