import { knownTable } from '../csv/known.ts';

const OWN = /^(?:rollout|time|train|eval)\//;

/** `progress.csv` of Stable-Baselines3, rewritten whenever a new key appears; its step is `time/total_timesteps`. */
export const stableBaselines3 = knownTable({
  name: 'stable-baselines3',
  title: 'Stable-Baselines3 progress.csv',
  recognize: ({ names }) =>
    names.includes('time/total_timesteps') && names.filter((name) => OWN.test(name)).length > 1
      ? 'time/total_timesteps beside rollout/, train/ or eval/'
      : undefined,
});
