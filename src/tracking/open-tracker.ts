import { createHash } from 'node:crypto';
import type { Tracker } from './_contract.ts';
import type { Target } from './targets.ts';

/** Loads only the tracker that is asked for. */
export async function openTracker(target: Target): Promise<Tracker> {
  if (target.kind === 'mlflow') {
    const { MlflowTracker } = await import('./trackers/mlflow.ts');
    return new MlflowTracker(target);
  }
  const { TensorboardTracker } = await import('./trackers/tensorboard.ts');
  return new TensorboardTracker(target);
}

/** Names the ledger of a target: another server or folder has received nothing yet. */
export function ledgerName(target: Target): string {
  const where = target.kind === 'mlflow' ? [target.base, target.experiment] : [target.folder];
  const mark = createHash('sha256').update(where.join('\n')).digest('hex').slice(0, 8);
  return `${target.kind}-${mark}`;
}
