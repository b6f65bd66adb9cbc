import type { RunSignals } from './run.ts';
import {
  lowest,
  roughness,
  risingShare,
  settled,
  slopeOf,
  tail,
  valuesOf,
  median,
  type Series,
} from './series.ts';

/** How a run learns over its epochs. NaN where it is too short to tell. */
export interface Pace {
  /** Share of the training loss's whole fall that the first quarter of the epochs brought. */
  early: number;
  /** Share of its end value that the training loss would lose, were the training twice as long at the pace of its last third. */
  late: number;
  /** Points that validation would gain so, halved because learning slows down. */
  gain: number;
  /** Epoch-to-epoch scatter of the training loss in the middle of the training, as a share of its level there. */
  rough: number;
  /** Share of the training loss's movement that goes up. */
  rising: number;
  /** How much worse the training loss ends than it was at its best, as a share. */
  lost: number;
  /** Share of the epochs that had passed when the learning rate had fallen under a hundredth of its peak; 1: never. */
  decayedAt: number;
  /** Last learning rate over its peak; NaN where it is not logged. */
  lrLeft: number;
}

export function paceOf(run: RunSignals): Pace {
  const { names, val, lr, points } = run;
  const loss = run.trainLoss.length > 0 ? run.trainLoss : costOf(run);
  const n = loss.length;
  const end = settled(loss);
  const least = lowest(loss)?.value ?? Number.NaN;
  const fall = (loss[0]?.value ?? Number.NaN) - least;
  const quarter = loss[Math.min(n - 1, Math.round(n / 4))]?.value ?? Number.NaN;
  const middle = loss.slice(Math.floor(n * 0.25), Math.ceil(n * 0.75));
  const sign = names.goal === 'max' ? 1 : -1;
  const peak = lr.length === 0 ? Number.NaN : Math.max(...valuesOf(lr));
  const decayed = lr.findIndex(
    ({ value }, index) => value < peak / 100 && lr.slice(0, index).some((spot) => spot.value === peak),
  );
  return {
    early: n >= 8 && fall > 0 ? ((loss[0]?.value ?? Number.NaN) - quarter) / fall : Number.NaN,
    late: n >= 3 && end > 0 ? (-slopeOf(tail(loss, 1 / 3, 3)) * n) / end : Number.NaN,
    gain: val.length >= 3 ? (sign * slopeOf(tail(val, 1 / 3, 3)) * val.length * points) / 2 : Number.NaN,
    rough: middle.length >= 5 ? roughness(middle) / Math.abs(median(valuesOf(middle))) : Number.NaN,
    rising: n >= 4 ? risingShare(loss) : Number.NaN,
    lost: least > 0 ? end / least - 1 : Number.NaN,
    decayedAt: decayed < 0 ? 1 : decayed / lr.length,
    lrLeft: lr.length === 0 || peak <= 0 ? Number.NaN : (lr.at(-1)?.value ?? Number.NaN) / peak,
  };
}

/** Where no training loss is logged, the training metric as a cost (error of a rate), else nothing. */
function costOf({ train, names, points }: RunSignals): Series {
  if (names.goal === 'min') return train;
  if (names.scale === 'other') return [];
  return train.map(({ epoch, value }) => ({ epoch, value: Math.max(0, 100 - value * points) }));
}
