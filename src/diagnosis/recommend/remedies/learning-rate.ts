import { niceNumber } from '../nice.ts';
import { unusualInitialization } from './stabilizers.ts';
import { THUMB, type Remedy } from '../_contract.ts';

/** Decades above the usual rate from which on the usual one is recommended outright. */
const FAR = 1;

/** Decades under the usual rate from which on it counts as low. */
const LOW = -0.2;
/** Share by which a training loss that ends above its best has been thrown back. */
const LOST = 0.015;

/** No more than what is missing, and never more than a rule of thumb can promise. */
const upTo = (missing: number | null): number => Math.min(20, Math.max(5, Math.round(missing ?? 10)));

export const lowerLearningRate: Remedy = {
  id: 'lower-learning-rate',
  cures: {
    'learning-rate-too-high': 1,
    diverged: 2,
    'exploding-gradients': 3,
    'noisy-validation': 4,
    stalled: 4,
  },
  propose({ settings, rate, primary, fit, pace }) {
    const setting = settings.one('learning_rate');
    const lr = settings.number('learning_rate');
    if (!setting || lr === null || lr <= 0) return undefined;
    // Weights that start far too large break down at any rate.
    if (unusualInitialization(settings) && (rate?.decades ?? 0) < 0.5) return undefined;
    // A training that stands still at a usual rate is oftener driven off by its steps than short of them.
    if (primary === 'stalled' && !(pace.lost > LOST) && (rate?.decades ?? 0) < LOW) return undefined;
    if (primary === 'noisy-validation' && (rate?.decades ?? 0) < 0.3) return undefined;
    const decades = rate?.decades ?? 0;
    // Momentum above the usual one is brought down by a change of its own.
    const own = rate === null ? 0 : Math.log10(lr / rate.usual);
    if (decades > 0.5 && own < 0.3 && primary !== 'exploding-gradients') return undefined;
    const isFar = rate !== null && own > FAR && rate.trust === 1;
    const to = niceNumber(isFar ? rate.usual : lr / (primary === 'diverged' ? 10 : decades > 0.5 ? 5 : 3));
    if (to >= lr) return undefined;
    return {
      title: 'Lower the learning rate',
      changes: [{ path: setting.path, to }],
      impact: 'high',
      effort: 'low',
      risk: 'low; learning takes more epochs where the rate was not the fault',
      expected: {
        low: 0,
        high: upTo(fit.valShort),
        basis: `${THUMB}: steps that fit let the training reach what its model can`,
      },
      reason: isFar
        ? `${lr} is ${Math.round(lr / rate.usual)} times what is usual for the optimizer`
        : 'smaller steps settle where large ones jump about',
      refutedBy: 'the training loss is as unsteady as before, or falls more slowly without ending lower',
    };
  },
};

export const raiseLearningRate: Remedy = {
  id: 'raise-learning-rate',
  cures: { 'learning-rate-too-low': 1, 'vanishing-gradients': 3, stalled: 3 },
  propose({ settings, rate, primary, fit, pace }) {
    const setting = settings.one('learning_rate');
    const lr = settings.number('learning_rate');
    if (!setting || lr === null || lr <= 0) return undefined;
    const decades = rate?.decades ?? 0;
    // A loss that ends above its best was driven away from it: larger steps would not come back.
    if (pace.lost > LOST) return undefined;
    if (
      decades > 0.3 ||
      (primary !== 'learning-rate-too-low' && decades >= LOW && (primary === 'stalled' || pace.rising > 0.3))
    )
      return undefined;
    const isFar = rate !== null && decades < -FAR && rate.trust === 1;
    const to = niceNumber(isFar ? rate.usual : lr * (decades < -0.5 ? 5 : 3));
    if (to <= lr) return undefined;
    return {
      title: 'Raise the learning rate',
      changes: [{ path: setting.path, to }],
      impact: 'high',
      effort: 'low',
      risk: 'medium; too large a step shows at once as a jumping training loss',
      expected: {
        low: 0,
        high: upTo(fit.valShort),
        basis: `${THUMB}: the same epochs bring the training further`,
      },
      reason: isFar
        ? `${lr} is ${Math.round(rate.usual / lr)} times less than is usual for the optimizer`
        : 'the training loss falls steadily and is far from its floor: larger steps get there sooner',
      refutedBy: 'the training loss starts to jump, or falls no faster',
    };
  },
};

export const usualMomentum: Remedy = {
  id: 'usual-momentum',
  cures: { 'learning-rate-too-high': 2, diverged: 2, 'exploding-gradients': 4 },
  propose({ settings }) {
    const setting = settings.one('momentum');
    const momentum = settings.number('momentum');
    if (!setting || momentum === null || momentum <= 0.95) return undefined;
    return {
      title: 'Bring momentum back to what is usual',
      changes: [{ path: setting.path, to: 0.9 }],
      impact: 'high',
      effort: 'low',
      risk: 'low',
      expected: { low: 0, high: 10, basis: THUMB },
      reason: `momentum m multiplies the step by 1/(1 − m): ${Math.round(1 / (1 - Math.min(momentum, 0.9999)))}-fold at ${momentum}, tenfold at 0.9`,
      refutedBy: 'the training loss is as unsteady as before',
    };
  },
};
