import { knownOutput } from '../stdout/known.ts';

/** The boxes that Stable-Baselines3 prints, one a rollout. */
export const stableBaselines3Log = knownOutput({
  name: 'stable-baselines3-log',
  title: 'printed tables of Stable-Baselines3',
  pattern: /^\| time\/ +\| +\|\r?$[^-]*^\| +total_timesteps +\| \d/m,
  why: 'boxes with total_timesteps',
});
