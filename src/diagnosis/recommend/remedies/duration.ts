import { niceCount } from '../nice.ts';
import { THUMB, type Remedy, type Situation } from '../_contract.ts';
import { numberOf } from '../../rules/settings.ts';

const FEW = 12;
const LENGTHENED = 2.5;
const SHORTEST = 30;
const RAN_OUT = 0.6;

/** What the last third of the validation curve promises, if it goes on at half its pace. */
function promised({ pace }: Situation, least: number): { low: number; high: number; basis: string } {
  return Number.isFinite(pace.gain) && pace.gain > 0.2
    ? {
        low: 0,
        high: Math.max(least, Math.round(Math.min(pace.gain * 2, 30))),
        basis: 'extrapolated from the last third of the validation curve',
      }
    : { low: 0, high: least, basis: THUMB };
}

export const moreEpochs: Remedy = {
  id: 'more-epochs',
  cures: { 'stopped-too-early': 2, 'learning-rate-too-low': 4, underfitting: 6 },
  propose(situation) {
    const { settings, primary, run, pace } = situation;
    const setting = settings.one('epochs') ?? settings.one('max_steps');
    const now = numberOf(setting?.value);
    if (!setting || now === null || now <= 0) return undefined;
    // Cut off by its patience long before the limit: the limit is not what ended it.
    if (
      primary === 'stopped-too-early' &&
      run.unit === 'epoch' &&
      run.epochs < 0.7 * now &&
      /epoch/iu.test(setting.key)
    )
      return undefined;
    if (primary === 'underfitting' && pace.gain < 0.5) return undefined;
    // Where the schedule had run out long before the end, more epochs would be spent at a rate near zero.
    if (pace.decayedAt < RAN_OUT) return undefined;
    const to = niceCount(now <= FEW ? Math.max(now * LENGTHENED, SHORTEST) : now * LENGTHENED);
    const horizon = settings.one('t_max');
    const follows = numberOf(horizon?.value) === now && horizon ? [{ path: horizon.path, to }] : [];
    return {
      title: 'Train longer',
      changes: [{ path: setting.path, to }, ...follows],
      impact: 'high',
      effort: 'low',
      risk: 'low; costs time, and overfitting may set in later',
      expected: promised(situation, 1),
      reason: 'the curve was still rising where the training ended',
      refutedBy: 'the best epoch still lies within the former length',
    };
  },
};

export const morePatience: Remedy = {
  id: 'more-patience',
  cures: {
    'stopped-too-early': 1,
    'noisy-validation': 3,
    underfitting: 7,
    'learning-rate-too-low': 5,
    overfitting: 6,
    'learning-rate-too-high': 6,
  },
  propose(situation) {
    const { settings, primary } = situation;
    const setting = settings.one('patience');
    const now = numberOf(setting?.value);
    const [enabled] = settings
      .called(['enabled'])
      .filter(
        ({ path }) =>
          setting &&
          path.length === setting.path.length &&
          path.slice(0, -1).every((key, i) => key === setting.path[i]),
      );
    if (!setting || now === null || enabled?.value === false) return undefined;
    const epochs = settings.number('epochs') ?? 50;
    const to = niceCount(Math.max(primary === 'stopped-too-early' ? now * 2 : now * 1.5, 10, epochs / 5));
    if (to <= now || now >= epochs || (primary !== 'stopped-too-early' && now >= epochs / 4))
      return undefined;
    const isCause = primary === 'stopped-too-early';
    return {
      title: 'More patience before stopping early',
      changes: [{ path: setting.path, to }],
      impact: isCause ? 'high' : 'low',
      effort: 'low',
      risk: 'none but time',
      expected: isCause
        ? promised(situation, 2)
        : { low: 0, high: 0, basis: 'none by itself: it lets the other changes play out' },
      reason: isCause
        ? `a patience of ${now} ends the training at the first plateau`
        : 'with the other changes learning takes longer and is less even',
      refutedBy: 'the best epoch stays where it was',
    };
  },
};

export const stopInTime: Remedy = {
  id: 'stop-in-time',
  cures: { 'trained-too-long': 1, overfitting: 8 },
  eases: { 'wrong-labels': 2 },
  propose({ settings, run, primary }) {
    if (primary === 'overfitting' && (run.best?.epoch ?? 0) > run.epochs / 3) return undefined;
    const patience = settings.one('patience');
    const setting =
      settings.called(['enabled']).find(({ path }) => path.some((key) => /early/iu.test(String(key)))) ??
      settings.one('early_stopping');
    if (setting?.value === false)
      return {
        title: 'Stop early',
        changes: [{ path: setting.path, to: true }],
        impact: 'medium',
        effort: 'low',
        risk: 'low',
        expected: { low: 0, high: 1, basis: THUMB },
        reason: `the best epoch was ${run.best?.epoch} of ${run.epochs}; the rest only cost time`,
        refutedBy: 'the best epoch of the stopped run is worse than before',
      };
    const now = numberOf(patience?.value);
    const to = niceCount(Math.max(5, (run.best?.epoch ?? 5) * 1.5));
    if (!patience || now === null || to >= now || primary === 'overfitting') return undefined;
    return {
      title: 'Less patience',
      changes: [{ path: patience.path, to }],
      impact: 'low',
      effort: 'low',
      risk: 'low',
      expected: { low: 0, high: 0, basis: 'saves time only' },
      reason: `a patience of ${now} went on long after the best epoch ${run.best?.epoch}`,
      refutedBy: 'a later epoch would have been better',
    };
  },
};

export const fewerEpochs: Remedy = {
  id: 'fewer-epochs',
  cures: { 'trained-too-long': 2 },
  propose({ settings, run }) {
    const setting = settings.one('epochs');
    const now = numberOf(setting?.value);
    const to = niceCount(Math.max(10, (run.best?.epoch ?? 0) * 3));
    if (!setting || now === null || to >= now / 2 || run.unit !== 'epoch') return undefined;
    return {
      title: 'Train shorter',
      changes: [{ path: setting.path, to }],
      impact: 'low',
      effort: 'low',
      risk: 'low; a schedule over the whole training is shortened with it',
      expected: { low: 0, high: 1, basis: THUMB },
      reason: `the best epoch was ${run.best?.epoch} of ${run.epochs}`,
      refutedBy: 'the shortened run ends below the former best',
    };
  },
};

export const smallerDelta: Remedy = {
  id: 'smaller-delta',
  cures: { 'stopped-too-early': 3 },
  propose({ settings }) {
    const setting = settings.one('min_delta');
    const now = numberOf(setting?.value);
    if (!setting || now === null || now <= 0) return undefined;
    return {
      title: 'Count small improvements',
      changes: [{ path: setting.path, to: 0 }],
      impact: 'low',
      effort: 'low',
      risk: 'none but time',
      expected: { low: 0, high: 1, basis: THUMB },
      reason: `improvements under ${now} do not count, and patience runs out over them`,
      refutedBy: 'the best epoch stays where it was',
    };
  },
};
