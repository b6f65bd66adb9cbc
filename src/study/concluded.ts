import type { Point } from '../metrics/_contract.ts';
import type { Store } from '../store/_contract.ts';
import type { StudyOutcome } from './types.ts';

/** The outcome of a concluded iteration with its curves; the newest where none is named. */
export async function loadConcluded(store: Store, wanted?: number): Promise<StudyOutcome | undefined> {
  for (const id of await store.list()) {
    const record = await store.load(id);
    const stored = record.iterations.findLast(
      (each) => each.outcome && (wanted === undefined || each.iteration === wanted),
    )?.outcome;
    if (!stored) continue;
    const curves: Record<string, Point[]> = Object.create(null) as Record<string, Point[]>;
    for (const trial of [stored.baseline, stored.reference, stored.optimized]) {
      for (const { id: runId } of trial.runs) curves[runId] = await store.curve(id, runId);
    }
    return { ...stored, curves };
  }
  return undefined;
}
