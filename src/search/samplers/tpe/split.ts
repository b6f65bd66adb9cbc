import type { Goal } from '../../../metrics/_contract.ts';
import type { Trial } from '../../_contract.ts';
import { lossOf } from '../../trial.ts';

export interface Split {
  /** Rows of the good trials, ascending. */
  readonly below: Int32Array;
  /** Rows of all others: worse, running (a constant liar expects nothing good of them), failed. */
  readonly above: Int32Array;
  /** How many trials are finished. */
  readonly finished: number;
}

/**
 * Splits rows into the good ones and the rest: complete trials by value; if these are too few, pruned ones that got
 * furthest and were best there; never failed or running ones.
 */
export function splitRows(
  trials: readonly Trial[],
  rows: Int32Array,
  goal: Goal,
  gamma: (finished: number) => number,
): Split {
  let finished = 0;
  for (const row of rows) if (isFinished(trials[row] as Trial)) finished += 1;
  const wanted = gamma(finished);
  const good = new Set(bestRows(rows, wanted, (row) => completeLoss(trials[row] as Trial, goal)));
  if (good.size < wanted) {
    const rest = wanted - good.size;
    const pruned = [...rows].filter((row) => prunedAt(trials[row] as Trial) !== undefined);
    pruned.sort((a, b) => comparePruned(trials[a] as Trial, trials[b] as Trial, goal) || a - b);
    for (const row of pruned.slice(0, rest)) good.add(row);
  }
  const below = Int32Array.from(good).sort();
  const above = new Int32Array(rows.length - below.length);
  let next = 0;
  let count = 0;
  for (const row of rows) {
    if (row === below[next]) next += 1;
    else above[count++] = row;
  }
  return { below, above, finished };
}

function isFinished({ state }: Trial): boolean {
  return state === 'complete' || state === 'pruned' || state === 'failed';
}

function completeLoss(trial: Trial, goal: Goal): number {
  if (trial.value === null || Number.isNaN(trial.value)) return Infinity;
  return lossOf(trial.value, goal);
}

/** The `count` rows of least loss, without sorting the rest; infinite losses are none. */
function bestRows(rows: Int32Array, count: number, loss: (row: number) => number): number[] {
  const best: { row: number; loss: number }[] = [];
  for (const row of rows) {
    const own = loss(row);
    if (own === Infinity || (best.length >= count && own >= (best.at(-1)?.loss ?? Infinity))) continue;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.loss ?? 0) > own) at -= 1;
    best.splice(at, 0, { row, loss: own });
    if (best.length > count) best.pop();
  }
  return best.map(({ row }) => row);
}

/** The last report of a pruned or paused trial. */
function prunedAt(trial: Trial): { step: number; value: number } | undefined {
  if (trial.state !== 'pruned' && trial.state !== 'paused') return undefined;
  let last: { step: number; value: number } | undefined;
  for (const run of trial.runs) {
    const report = run.reports.at(-1);
    if (
      report !== undefined &&
      !Number.isNaN(report.value) &&
      (last === undefined || report.step > last.step)
    ) {
      last = report;
    }
  }
  return last;
}

function comparePruned(a: Trial, b: Trial, goal: Goal): number {
  const left = prunedAt(a);
  const right = prunedAt(b);
  if (left === undefined || right === undefined) return 0;
  return right.step - left.step || lossOf(left.value, goal) - lossOf(right.value, goal);
}
