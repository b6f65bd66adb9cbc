import { numberOf, type Setting, type Settings } from '../settings.ts';
import { ramp } from '../weigh.ts';

/** A setting that makes learning harder, and how much: from 0 (usual) to 1 (hardly anything can be learned). */
export interface Burden {
  setting: Setting;
  concept: string;
  value: number;
  strength: number;
}

type Strength = (value: number) => number;
const decades =
  (low: number, high: number): Strength =>
  (value) =>
    value <= 0 ? 0 : ramp(Math.log10(value), Math.log10(low), Math.log10(high));

/** From which value on a regularizer hampers, and where it stifles. */
const REGULARIZERS: readonly (readonly [string, Strength])[] = [
  ['dropout', (value) => ramp(value, 0.55, 0.85)],
  ['attention_dropout', (value) => ramp(value, 0.5, 0.8)],
  ['drop_path', (value) => ramp(value, 0.5, 0.8)],
  ['weight_decay', decades(0.3, 5)],
  ['label_smoothing', (value) => ramp(value, 0.3, 0.7)],
  ['mixup', decades(2, 20)],
  ['cutout', (value) => ramp(value, 0.6, 1)],
  ['reg_alpha', decades(20, 500)],
  ['reg_lambda', decades(50, 1000)],
  ['min_child_weight', decades(50, 1000)],
  ['rotation', (value) => ramp(value, 40, 120)],
];
/** Weight decay that is part of the gradient weighs more: Adam scales it up, and SGD's usual value is 0.0005. */
const COUPLED_DECAY = decades(0.02, 0.3);
/** Augmentations in units of their own: pixels, standard deviations on inputs scaled to 0–1, noise shares. */
const AUGMENTATIONS: readonly (readonly [readonly string[], Strength])[] = [
  [
    ['shift', 'augmentshift', 'shiftpixels', 'randomshift', 'maxshift', 'translate', 'translation'],
    (value) => ramp(value, 3, 8),
  ],
  [
    ['noise', 'noisestd', 'gaussiannoise', 'noiselevel', 'inputnoise', 'augmentnoise', 'noisesigma'],
    (value) => ramp(value, 0.4, 1.2),
  ],
];

/** Regularizers of the config, the heaviest first. */
export function burdensOf(settings: Settings): Burden[] {
  const found: Burden[] = [];
  const add = (concept: string, list: readonly Setting[], strengthOf: Strength): void => {
    for (const setting of list) {
      const value = numberOf(setting.value);
      if (value === null) continue;
      const strength = strengthOf(value);
      if (strength > 0) found.push({ setting, concept, value, strength });
    }
  };
  for (const [concept, strengthOf] of REGULARIZERS) add(concept, settings.all(concept), strengthOf);
  if (settings.isDecayCoupled) add('weight_decay', settings.all('weight_decay'), COUPLED_DECAY);
  for (const [names, strengthOf] of AUGMENTATIONS) add('augmentation', settings.called(names), strengthOf);
  return found.sort((a, b) => b.strength - a.strength);
}
