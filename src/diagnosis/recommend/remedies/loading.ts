import { THUMB, type Remedy } from '../_contract.ts';

const TIME = { low: 0, high: 0, basis: 'no gain in the metric: saves time' };

export const moreWorkers: Remedy = {
  id: 'more-workers',
  cures: { 'resource-inefficiency': 1 },
  propose({ settings }) {
    const setting = settings.one('num_workers');
    const now = settings.number('num_workers');
    if (!setting || now === null || now >= 8) return undefined;
    return {
      title: 'More data-loading workers',
      changes: [{ path: setting.path, to: now === 0 ? 4 : Math.min(8, now * 2) }],
      impact: 'high',
      effort: 'low',
      risk: 'low; more memory, and no more workers than cores',
      expected: TIME,
      reason: 'the next batch is prepared while the GPU computes',
      refutedBy: 'the GPU is no busier, and an epoch takes as long',
    };
  },
};

export const halfPrecision: Remedy = {
  id: 'half-precision',
  cures: { 'resource-inefficiency': 2 },
  propose({ settings }) {
    const setting = settings.one('mixed_precision');
    if (setting?.value !== false) return undefined;
    return {
      title: 'Compute in mixed precision',
      changes: [{ path: setting.path, to: true }],
      impact: 'medium',
      effort: 'low',
      risk: 'medium; overflows show as NaN',
      expected: TIME,
      reason:
        'matrix units of current GPUs are several times faster in half precision (Micikevicius et al. 2018)',
      refutedBy: 'an epoch takes as long, or the curve differs from the former beyond the spread of seeds',
    };
  },
};

export const pinMemory: Remedy = {
  id: 'pin-memory',
  cures: { 'resource-inefficiency': 3 },
  propose({ settings }) {
    const setting = settings.called(['pinmemory', 'persistentworkers']).find(({ value }) => value === false);
    if (!setting) return undefined;
    return {
      title: 'Faster handing over of batches',
      changes: [{ path: setting.path, to: true }],
      impact: 'low',
      effort: 'low',
      risk: 'low',
      expected: { ...TIME, basis: `${THUMB}; saves time only` },
      reason: 'batches reach the GPU without a detour',
      refutedBy: 'an epoch takes as long',
    };
  },
};
