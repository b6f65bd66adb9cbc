import { formatNumber } from '../config/number.ts';
import { valueText } from '../config/overrides/value-text.ts';
import { isMapping } from '../config/lookup.ts';
import type { ConfigMapping, ConfigValue } from '../config/value.ts';
import type { Folder } from './folder.ts';
import { scalar } from './render.ts';

/** One setting of a baseline config that is made from what a script declares. */
export interface DerivedSetting {
  key: string;
  value: ConfigValue;
  isFloat: boolean;
  /** Where the value is from: `--lr, train.py:12`. */
  from: string;
}

/** A baseline config that does not exist as a file yet. */
export interface DerivedConfig {
  path: string;
  value: ConfigMapping;
  text: string;
  why: string;
}

/** A config file of settings (`isRead`: that the training reads), each with where it is from. Nothing of a source can add a line to it. */
export function deriveConfig(
  path: string,
  why: string,
  settings: readonly DerivedSetting[],
  isRead = false,
): DerivedConfig {
  const value = Object.create(null) as ConfigMapping;
  const lines = settings.flatMap((setting) => {
    if (/^(?:__proto__|constructor|prototype)$/.test(setting.key) || setting.key in value) return [];
    value[setting.key] = setting.value;
    return block(setting);
  });
  const head = [
    `The settings that the baseline trains with: ${why}.`,
    ...(isRead
      ? []
      : ['Pawl hands changed ones to the training as arguments; this file itself is read by Pawl alone.']),
  ];
  return { path, value, why, text: `${[...head.map(comment), ...lines].join('\n')}\n` };
}

function block({ key, value, isFloat, from }: DerivedSetting): string[] {
  const note = from === '' ? '' : `  ${comment(from)}`;
  if (!isMapping(value) || Object.keys(value).length === 0)
    return [`${scalar(key)}: ${inline(value, isFloat)}${note}`];
  return [`${scalar(key)}:${note}`, ...nested(value, '  ')];
}

function nested(mapping: ConfigMapping, indent: string): string[] {
  return Object.entries(mapping).flatMap(([key, value]) =>
    isMapping(value) && Object.keys(value).length > 0
      ? [`${indent}${scalar(key)}:`, ...nested(value, `${indent}  `)]
      : [`${indent}${scalar(key)}: ${inline(value, false)}`],
  );
}

function inline(value: ConfigValue, isFloat: boolean): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value === 'number' && Number.isFinite(value)) return formatNumber(value, { float: isFloat });
  return valueText(value, 'yaml') ?? 'null';
}

function comment(text: string): string {
  return `# ${text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, 200)}`;
}

/** Where it is written: with the other configs, where there are any. */
export function derivedPath(folder: Folder): string {
  const isBeside = folder.files.some(({ path }) => path.startsWith('configs/'));
  return isBeside ? 'configs/baseline_config.yaml' : 'baseline_config.yaml';
}
