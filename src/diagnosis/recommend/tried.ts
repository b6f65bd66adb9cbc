import { formatPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import { sameValue } from '../resolve/slots.ts';
import { numberOf } from '../rules/settings.ts';
import { niceNumber } from './nice.ts';
import type { Proposal } from './_contract.ts';

/** A change that was tried before, and how it ended. */
export interface TriedChange {
  /** `formatPath` of its place. */
  path: string;
  from: ConfigValue;
  to: ConfigValue;
  /**
   * By itself where attribution told; `futile`: all changes together brought nothing; `undetermined` and `not-separated`:
   * nothing is known of it alone.
   */
  outcome: 'helped' | 'hurt' | 'inert' | 'futile' | 'undetermined' | 'not-separated';
  iteration?: number | undefined;
  /** It belonged to changes that together were shown to be better. */
  isInGain?: boolean | undefined;
}

const FAILED: ReadonlySet<TriedChange['outcome']> = new Set(['hurt', 'inert', 'futile']);

/** Why a proposal must not be made again; undefined where nothing speaks against it. */
export function objectionTo(
  proposal: Proposal,
  current: (path: string) => ConfigValue | undefined,
  tried: readonly TriedChange[],
): string | undefined {
  for (const { path, to } of proposal.changes) {
    const text = formatPath(path);
    const undone = tried.find(
      (each) =>
        each.path === text &&
        each.isInGain === true &&
        !FAILED.has(each.outcome) &&
        directionOf(each.from, each.to) * directionOf(current(text) ?? each.from, to) < 0,
    );
    // A remedy of weight may correct an overshoot; a light one must not undo what a test has accepted.
    if (undone && proposal.impact !== 'high')
      return `${text} → ${JSON.stringify(undone.to)} was among the changes that gained${undone.iteration === undefined ? '' : ` in iteration ${undone.iteration}`}, and nothing shows that it hurts (--attribute would)`;
    for (const former of tried.filter((each) => each.path === text && FAILED.has(each.outcome))) {
      const isInert = former.outcome === 'inert';
      const isSame = sameValue(former.to, to);
      const isOnward =
        directionOf(former.from, former.to) !== 0 &&
        directionOf(former.from, former.to) === directionOf(current(text) ?? former.from, to);
      if (isInert || isSame || isOnward)
        return `${text} → ${JSON.stringify(former.to)} was tried${former.iteration === undefined ? '' : ` in iteration ${former.iteration}`} and ${isInert ? 'had no effect at all: the training ignores the key' : former.outcome === 'hurt' ? 'hurt' : 'brought nothing'}`;
    }
  }
  return undefined;
}

function directionOf(from: ConfigValue, to: ConfigValue): number {
  const a = from === null ? 0 : numberOf(from);
  const b = numberOf(to);
  return a === null || b === null ? 0 : Math.sign(b - a);
}

/** One more step the way that helped: as large as the former for sums, by the same factor for magnitudes. */
export function stepOnward(former: TriedChange, now: ConfigValue | undefined): ConfigValue | undefined {
  const from = former.from === null ? 0 : numberOf(former.from);
  const to = numberOf(former.to);
  const current = numberOf(now);
  if (from === null || to === null || current === null || !sameValue(former.to, current) || from === to)
    return undefined;
  const isWhole = Number.isInteger(from) && Number.isInteger(to);
  const isFraction = !isWhole && to <= 1 && from >= 0 && to > 0.05;
  const next = isFraction
    ? Math.round((to + (to - from) / 2) * 100) / 100
    : from > 0 && to > 0
      ? current * Math.min(3, Math.max(1 / 3, to / from))
      : to + (to - from) / 2;
  const value = isWhole ? Math.round(next) : isFraction ? next : niceNumber(next);
  const isSane = value >= 0 && !(isFraction && value >= 0.7) && !sameValue(value, current);
  return isSane ? value : undefined;
}
