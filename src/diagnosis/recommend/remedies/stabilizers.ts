import { THUMB, type Remedy } from '../_contract.ts';
import { numberOf, type Setting, type Settings } from '../../rules/settings.ts';

export const clipGradients: Remedy = {
  id: 'clip-gradients',
  cures: { 'exploding-gradients': 1, diverged: 3, 'learning-rate-too-high': 3 },
  propose({ settings, run }) {
    const setting = settings.one('gradient_clip');
    const path = setting?.path ?? settings.place('gradient_clip');
    const now = numberOf(setting?.value);
    if (
      !path ||
      typeof setting?.value === 'boolean' ||
      (setting && typeof setting.value === 'object' && setting.value !== null)
    )
      return undefined;
    if (now !== null && now > 0 && now <= 1) return undefined;
    return {
      title: 'Clip the gradient norm',
      changes: [{ path, to: 1 }],
      impact: run.gradNorm.length > 0 ? 'high' : 'medium',
      effort: 'low',
      risk: setting
        ? 'low'
        : 'low; the key is new, so check that the training reads it (a short check run shows it)',
      expected: { low: 0, high: 3, basis: THUMB },
      reason: 'a step can no longer be thrown far by one batch (Pascanu et al. 2013)',
      refutedBy: 'the loss jumps or breaks as before with norms held at 1',
    };
  },
};

export const warmUp: Remedy = {
  id: 'warm-up',
  cures: { 'learning-rate-too-high': 4, diverged: 4, 'exploding-gradients': 5, 'learning-rate-too-low': 7 },
  propose({ settings }) {
    const setting = settings.one('warmup_epochs');
    const epochs = settings.number('epochs');
    const now = numberOf(setting?.value);
    if (!setting || epochs === null || epochs < 10 || /step|iter/iu.test(setting.key)) return undefined;
    const to = Math.max(1, Math.round(epochs / 20));
    if (now !== null && now >= to) return undefined;
    return {
      title: 'Warm the learning rate up',
      changes: [{ path: setting.path, to }],
      impact: 'low',
      effort: 'low',
      risk: 'low',
      expected: { low: 0, high: 1, basis: THUMB },
      reason: 'the first steps go by gradients of random weights; small ones do no harm (Goyal et al. 2017)',
      refutedBy: 'the first epochs are as unsteady as before',
    };
  },
};

/** The factor on initial weights, where it is far from 1. */
export function unusualInitialization(settings: Settings): Setting | undefined {
  return settings
    .called(['initscale', 'initgain', 'weightscale', 'initializationscale'])
    .find(({ value }) => {
      const scale = numberOf(value);
      return scale !== null && scale > 0 && (scale <= 0.3 || scale >= 3);
    });
}

export const usualInitialization: Remedy = {
  id: 'usual-initialization',
  cures: { 'vanishing-gradients': 2, stalled: 2, 'exploding-gradients': 1, diverged: 1 },
  propose({ settings }) {
    const setting = unusualInitialization(settings);
    if (!setting) return undefined;
    return {
      title: 'Start from weights of the usual size',
      changes: [{ path: setting.path, to: 1 }],
      impact: 'high',
      effort: 'low',
      risk: 'low',
      expected: {
        low: 0,
        high: 20,
        basis: `${THUMB}: with the published scale gradients keep their size through the layers (He et al. 2015)`,
      },
      reason: `initial weights are scaled by ${JSON.stringify(setting.value)}`,
      refutedBy: 'the first epochs look as before',
    };
  },
};

export const rectify: Remedy = {
  id: 'rectify',
  cures: { 'vanishing-gradients': 1, stalled: 1 },
  propose({ settings }) {
    const setting = settings.one('activation');
    if (!setting || typeof setting.value !== 'string' || !/^(?:sigmoid|tanh|logistic)$/iu.test(setting.value))
      return undefined;
    return {
      title: 'Use an activation that does not saturate',
      changes: [
        {
          path: setting.path,
          to:
            setting.value === setting.value.toUpperCase()
              ? 'RELU'
              : /^[A-Z]/u.test(setting.value)
                ? 'ReLU'
                : 'relu',
        },
      ],
      impact: 'high',
      effort: 'low',
      risk: 'medium; the initialization should fit the activation',
      expected: { low: 0, high: 20, basis: THUMB },
      reason: `${setting.value} saturates, and its gradients shrink from layer to layer (Glorot & Bengio 2010)`,
      refutedBy: 'norms and training loss stay where they are',
    };
  },
};
