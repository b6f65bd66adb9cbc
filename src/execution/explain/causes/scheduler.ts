import type { Cause } from '../cause.ts';

/** Why a scheduler ended a job, in its own words. */
export const schedulerCauses: readonly Cause[] = [
  {
    code: 'TRAINING_KILLED',
    pattern: /DUE TO TIME LIMIT|=>> PBS: job killed: walltime|TERM_RUNLIMIT/u,
    remedy: 'Ask the scheduler for more time, or train fewer epochs.',
  },
  {
    code: 'TRAINING_KILLED',
    pattern: /DUE TO PREEMPTION|\bPREEMPTED\b/u,
    remedy: 'Resume the study once there is room.',
  },
  {
    code: 'TRAINING_KILLED',
    pattern: /^slurmstepd: error: \*\*\* .*CANCELLED AT/u,
    remedy: 'Resume the study.',
  },
];
