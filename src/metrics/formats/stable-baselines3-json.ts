import { knownLines } from '../json/known.ts';

/** `progress.json` of Stable-Baselines3: JSON lines by `time/total_timesteps`. */
export const stableBaselines3Json = knownLines({
  name: 'stable-baselines3-json',
  title: 'Stable-Baselines3 progress.json',
  recognize: (records) =>
    records.filter((record) => 'time/total_timesteps' in record).length >= 0.6 * records.length
      ? 'lines with time/total_timesteps'
      : undefined,
});
