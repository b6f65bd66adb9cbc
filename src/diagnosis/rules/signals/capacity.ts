import type { Setting, Settings } from '../settings.ts';

const WIDTH_KEYS = [
  'hidden',
  'hiddensizes',
  'hiddensize',
  'hiddendim',
  'hiddendims',
  'hiddenunits',
  'hiddenlayers',
  'hiddenlayersizes',
  'hiddenwidth',
  'width',
  'widths',
  'units',
  'layersizes',
  'layerwidths',
  'mlpdims',
  'dmodel',
  'embeddim',
  'embeddingdim',
  'nunits',
  'numunits',
  'channels',
  'basechannels',
  'numfilters',
  'filters',
  'nembd',
  'nhidden',
];
const TREE_KEYS = ['maxdepth', 'numleaves', 'depth'];

/** Settings of the size of the model: one number, or a list of widths. */
export interface Capacity {
  setting: Setting;
  widths: readonly number[];
  isTree: boolean;
}

export function capacitiesOf(settings: Settings): Capacity[] {
  const of = (keys: readonly string[], isTree: boolean): Capacity[] =>
    settings.called(keys).flatMap((setting) => {
      const list = Array.isArray(setting.value) ? setting.value : [setting.value];
      const widths = list.flatMap((value) =>
        typeof value === 'number' && Number.isInteger(value) && value > 0 ? [value] : [],
      );
      return widths.length === list.length && widths.length > 0 ? [{ setting, widths, isTree }] : [];
    });
  return [...of(WIDTH_KEYS, false), ...of(TREE_KEYS, true)];
}

/** Units of the narrowest layer that the config names; Infinity where it names none. */
export function narrowestLayer(settings: Settings): number {
  return Math.min(
    ...capacitiesOf(settings)
      .filter(({ isTree }) => !isTree)
      .flatMap(({ widths }) => widths),
  );
}
