import type { ConfigDocument } from '../config/_contract.ts';
import type { Change } from '../diagnosis/types.ts';
import type { Curve } from '../metrics/_contract.ts';
import { normalizeEpochs } from '../metrics/epochs.ts';
import { secondsLogged } from '../metrics/seconds.ts';
import { findEpochLimit } from './epochs.ts';
import { hasResult, standingRuns } from './results.ts';
import type { StudyRecord } from './record.ts';
import { formatPath } from '../config/path.ts';

export interface CostInput {
  /** The study so far, or a former one of the same project. */
  record: StudyRecord | undefined;
  adopted: Curve | undefined;
  epochs: { base: ConfigDocument; changes: readonly Change[] };
  pairs: number;
  /** Reference runs that exist already. */
  reusable: number;
  slots: number;
}

export interface Cost {
  /** Trainings at most. */
  trainings: number;
  /** Wall time at most, ms; null where the time per epoch is not known yet. */
  ms: number | null;
  /** One pair, ms. */
  pairMs: number | null;
  secondsPerEpoch: number | null;
  referenceEpochs: number | null;
  optimizedEpochs: number | null;
  /** Where the time per epoch is from. */
  basis: string;
}

/** What the planned pairs cost at most. The sequential test usually stops earlier. */
export function estimateCost({ record, adopted, epochs, pairs, reusable, slots }: CostInput): Cost {
  const limit = findEpochLimit(epochs.base.value);
  const own = record
    ? [...standingRuns(record, 'baseline')].filter(hasResult).find((run) => run.startedAt !== null)
    : undefined;
  const measured =
    own && own.endedAt !== null && own.startedAt !== null
      ? (own.endedAt - own.startedAt) / 1000 / own.value.epochs
      : null;
  const logged = adopted ? secondsLogged(adopted) : null;
  const secondsPerEpoch = measured ?? logged;
  const basis =
    measured === null
      ? logged === null
        ? 'not known before the first run'
        : "the baseline's log"
      : "the baseline's own run";
  const trainings = 2 * pairs - reusable;
  const baseEpochs =
    own?.value.epochs ?? (adopted && normalizeEpochs(adopted).length) ?? limit?.value ?? null;
  const extended = limit && epochs.changes.find((change) => change.path === formatPath(limit.path))?.to;
  const optimizedEpochs = typeof extended === 'number' ? extended : (limit?.value ?? baseEpochs);
  const known = {
    trainings,
    secondsPerEpoch,
    basis,
    referenceEpochs: limit?.value ?? baseEpochs,
    optimizedEpochs,
  };
  if (secondsPerEpoch === null || baseEpochs === null || optimizedEpochs === null) {
    return { ...known, ms: null, pairMs: null };
  }
  const baseMs = secondsPerEpoch * baseEpochs * 1000;
  const optimizedMs = secondsPerEpoch * optimizedEpochs * 1000;
  const pairMs = slots >= 2 ? Math.max(baseMs, optimizedMs) : baseMs + optimizedMs;
  const fresh = pairs - reusable;
  const total = fresh * (baseMs + optimizedMs) + reusable * optimizedMs;
  return { ...known, ms: total / Math.max(1, Math.min(slots, 2)), pairMs };
}
