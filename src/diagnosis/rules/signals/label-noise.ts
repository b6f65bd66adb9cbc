import { numberOf, type Setting, type Settings } from '../settings.ts';

const KEYS = [
  'labelnoise',
  'labelnoiserate',
  'noisylabels',
  'labelflip',
  'labelfliprate',
  'labelflipprob',
  'flipprob',
  'fliplabels',
  'wronglabels',
  'labelcorruption',
  'corruptlabels',
  'corruptprob',
];

/** The setting that makes training labels wrong on purpose, where it is on. */
export function labelNoise(settings: Settings): Setting | undefined {
  return settings.called(KEYS).find(({ value }) => (numberOf(value) ?? 0) > 0);
}
