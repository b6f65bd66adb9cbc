/**
 * Whether a search may end before its budget: when what the remaining trials can be expected to add is smaller than what
 * anybody would notice.
 *
 * The best expected value after each trial is a rising curve whose steps become rarer and smaller; its rise over the latest
 * window, stretched to the trials that remain, is therefore an upper estimate of what is still to come. Where a model of
 * the metric says what they can be expected to add (`gp/further-gain.ts`), that counts instead; the latest window must still have
 * brought less than what counts, since a model may be wrong.
 */
import type { Goal } from '../metrics/_contract.ts';
import type { History, Trial } from './_contract.ts';
import { standingsOf } from './racing.ts';
import { lossOf } from './trial.ts';

export interface StoppingOptions {
  /** A gain that is worth having. Default: half of a single run's noise, at least 1 % of the better half's spread. */
  leastGain?: number;
  /** What a model expects the remaining trials to add at most; null: there is none. */
  modelGain?: number | null;
  /** How amounts of the metric are written. */
  show?: (value: number) => string;
  /** Never before so many finished trials. Default 20, and five for each parameter. */
  leastTrials?: number;
}

export interface Stopping {
  readonly stop: boolean;
  /** A sentence for people, either way. */
  readonly reason: string;
  /** What the remaining trials may add at most, in the metric; null where it is too early to say. */
  readonly furtherGain: number | null;
}

const LEAST_TRIALS = 20;
const FAILURES = 5;

export function judgeSearch(
  history: History,
  goal: Goal,
  remaining: number,
  parameters: number,
  options: StoppingOptions = {},
): Stopping {
  const ended = history.filter(
    ({ state }) => state === 'complete' || state === 'pruned' || state === 'failed',
  );
  const lost = ended.every(({ state }) => state === 'failed');
  if (lost && ended.length >= FAILURES) {
    return { stop: true, reason: `All ${ended.length} trials so far have failed.`, furtherGain: null };
  }
  const leastTrials = options.leastTrials ?? Math.max(LEAST_TRIALS, 5 * parameters);
  if (ended.length < leastTrials) {
    return {
      stop: false,
      reason: `${ended.length} of the ${leastTrials} trials that a judgement needs are finished.`,
      furtherGain: null,
    };
  }
  const { ranked, noise } = standingsOf(history, goal);
  const expected = new Map(ranked.map((standing) => [standing.trial, lossOf(standing.expected, goal)]));
  const curve = bestSoFar(ended, expected);
  const window = Math.max(Math.floor(leastTrials / 2), Math.ceil(ended.length / 2));
  const before = curve[curve.length - 1 - window] ?? Infinity;
  const now = curve.at(-1) ?? Infinity;
  if (!Number.isFinite(before)) {
    return { stop: false, reason: 'There are too few finished trials with a value.', furtherGain: null };
  }
  const { modelGain = null } = options;
  const recent = before - now;
  const furtherGain = modelGain ?? (recent * remaining) / window;
  const losses = [...expected.values()].sort((a, b) => a - b);
  const spread = (losses[Math.floor(losses.length / 2)] ?? 0) - (losses[0] ?? 0);
  const leastGain = options.leastGain ?? Math.max(0.01 * spread, noise.freedom > 0 ? 0.5 * noise.sd : 0);
  const show = options.show ?? plain;
  const stop = furtherGain <= leastGain && (modelGain === null || recent <= leastGain);
  const by = modelGain === null ? '' : ' by the model';
  const basis = noise.freedom > 0 && leastGain > 0.01 * spread ? ' (half of what the seed alone moves)' : '';
  const reason =
    `The last ${window} trials improved the best value by ${show(recent)}; the ${remaining} that remain can be ` +
    `expected${by} to add no more than ${show(furtherGain)}, ${furtherGain <= leastGain ? 'which is less' : 'and that is more'} than the ` +
    `${show(leastGain)} that counts${basis}.`;
  return { stop, reason, furtherGain };
}

function bestSoFar(ended: readonly Trial[], losses: ReadonlyMap<number, number>): number[] {
  let best = Infinity;
  return ended.map(({ number }) => (best = Math.min(best, losses.get(number) ?? Infinity)));
}

function plain(value: number): string {
  return String(Number(value.toPrecision(2)));
}
