import { isMapping } from '../../config/lookup.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import type { Domain } from '../space.ts';
import { readChoices } from './choices.ts';
import { isBooleanType, shapeOf, SHOWN_TYPES, type Shape } from './kinds.ts';
import { show, type Entry } from './place.ts';
import { readRange } from './range.ts';

const KEYS = {
  type: ['type', 'distribution', 'dist', 'kind'],
  low: ['low', 'min', 'lower', 'minimum', 'start'],
  high: ['high', 'max', 'upper', 'maximum', 'stop', 'end'],
  choices: ['choices', 'values', 'options', 'categories'],
  bounds: ['range', 'bounds'],
  value: ['value'],
  step: ['step', 'q'],
  log: ['log', 'log_scale'],
  scale: ['scale'],
  if: ['if', 'when', 'condition'],
} as const;
type Key = keyof typeof KEYS;

function valueOf(mapping: ConfigMapping, key: Key): ConfigValue | undefined {
  for (const name of KEYS[key]) if (Object.hasOwn(mapping, name)) return mapping[name];
  return undefined;
}

const isScalar = (value: ConfigValue | undefined): boolean =>
  value !== undefined && !Array.isArray(value) && !isMapping(value);

/** Whether a mapping describes one parameter; otherwise it holds further names. */
export function isTyped(value: ConfigMapping): boolean {
  const type = valueOf(value, 'type');
  const hasRange = isScalar(valueOf(value, 'low')) && isScalar(valueOf(value, 'high'));
  const hasBody =
    hasRange || Array.isArray(valueOf(value, 'choices')) || Array.isArray(valueOf(value, 'bounds'));
  if (typeof type === 'string') {
    // `optimizer: {type: adam, lr: […]}` holds names; `{type: unifrom, low: …}` is a mistyped parameter.
    return shapeOf(type) !== undefined || hasBody || Object.keys(value).length === 1;
  }
  if (type !== undefined) return false;
  const known = new Set<string>(Object.values(KEYS).flat());
  const allKnown = Object.keys(value).every((key) => known.has(key));
  return (
    allKnown &&
    (hasBody ||
      isScalar(valueOf(value, 'value')) ||
      isScalar(valueOf(value, 'low')) ||
      isScalar(valueOf(value, 'high')))
  );
}

/** The condition as written. */
export function conditionIn(value: ConfigValue): ConfigValue | undefined {
  return isMapping(value) ? valueOf(value, 'if') : undefined;
}

export function readTyped(entry: Entry, mapping: ConfigMapping): Domain {
  rejectUnknown(entry, mapping);
  const type = valueOf(mapping, 'type');
  const shape = shapeFor(entry, mapping, type);
  const choices = valueOf(mapping, 'choices');
  if (shape.kind === 'constant') {
    const value = valueOf(mapping, 'value') ?? (Array.isArray(choices) ? choices[0] : undefined);
    if (value === undefined) throw entry.error('SEARCH_PARAM_INVALID', 'a constant needs `value`.');
    return readChoices(entry, [value], 'categorical');
  }
  if (shape.kind === 'categorical' || shape.kind === 'ordinal' || shape.kind === 'any') {
    if (choices === undefined && typeof type === 'string' && isBooleanType(type)) {
      return readChoices(entry, [false, true], 'categorical');
    }
    if (!Array.isArray(choices)) {
      throw entry.error(
        'SEARCH_PARAM_INVALID',
        `\`choices\` must be a list, not ${show(choices)}.`,
        'Write `choices: [a, b]`.',
      );
    }
    return readChoices(entry, choices, shape.kind === 'any' ? 'auto' : shape.kind);
  }
  if (Array.isArray(choices)) {
    throw entry.error(
      'SEARCH_PARAM_INVALID',
      `type ${show(type)} is a range, but a list of choices stands there.`,
      'Give `low` and `high`, or `type: categorical`.',
    );
  }
  const bounds = valueOf(mapping, 'bounds');
  const [low, high] = Array.isArray(bounds) ? bounds : [valueOf(mapping, 'low'), valueOf(mapping, 'high')];
  if (Array.isArray(bounds) && bounds.length !== 2) {
    throw entry.error('SEARCH_PARAM_INVALID', 'a range is two numbers.', 'Write `range: [low, high]`.');
  }
  return readRange(entry, shape.kind, { low, high, isLog: shape.isLog, step: valueOf(mapping, 'step') });
}

function shapeFor(entry: Entry, mapping: ConfigMapping, type: ConfigValue | undefined): Shape {
  const scale = valueOf(mapping, 'scale');
  const isLog = valueOf(mapping, 'log') === true || (typeof scale === 'string' && /^log/iu.test(scale));
  if (typeof type === 'string') {
    const shape = shapeOf(type);
    if (shape !== undefined) return { kind: shape.kind, isLog: shape.isLog || isLog };
    throw entry.error(
      'SEARCH_PARAM_INVALID',
      `there is no type ${show(type)}.`,
      `Use one of ${SHOWN_TYPES.join(', ')}.`,
    );
  }
  if (valueOf(mapping, 'choices') !== undefined) return { kind: 'any', isLog: false };
  if (valueOf(mapping, 'value') !== undefined) return { kind: 'constant', isLog: false };
  const ends = valueOf(mapping, 'bounds') ?? [
    valueOf(mapping, 'low') ?? 0.5,
    valueOf(mapping, 'high') ?? 0.5,
  ];
  const isWhole = Array.isArray(ends) && ends.every((end) => Number.isInteger(end));
  const step = valueOf(mapping, 'step');
  // Whole bounds without a type mean whole numbers, as in other tools.
  return { kind: isWhole && (step === undefined || Number.isInteger(step)) ? 'int' : 'float', isLog };
}

function rejectUnknown(entry: Entry, mapping: ConfigMapping): void {
  const known = new Set<string>(Object.values(KEYS).flat());
  const unknown = Object.keys(mapping).find((key) => !known.has(key));
  if (unknown === undefined) return;
  throw entry.error(
    'SEARCH_PARAM_INVALID',
    `${show(unknown)} means nothing in a parameter.`,
    'Use type, low, high, step, log, choices, value and if.',
  );
}
