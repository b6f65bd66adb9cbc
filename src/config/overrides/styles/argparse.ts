import { formatPath } from '../../path.ts';
import type { ConfigValue } from '../../value.ts';
import type { Override, OverrideContext, OverrideStyle } from '../_contract.ts';
import { overrideError, refuse } from '../errors.ts';
import { flagsFor, longName, type DeclaredFlag } from '../flags.ts';
import { checkText } from '../keys.ts';
import { numberText, valueText } from '../value-text.ts';

const STYLE = 'command-line';

/**
 * Flags as a script declares them: `--lr=0.1`, switches, `--x/--no-x`, several words. `--flag=text` is one argument, so
 * that a text that begins with a dash is no flag.
 */
export const argparse: OverrideStyle = {
  name: 'argparse',
  lists: 'whole',
  mappings: 'leaves',
  lead: [],
  pass(override, context) {
    if (override.kind === 'removed') throw refuse(override, STYLE, 'there is no flag that removes a setting');
    const argv = toWords(override, findFlags(override, context));
    for (const word of argv) checkText(override, STYLE, word);
    return { argv, environment: {} };
  },
};

function findFlags(override: Override, { names, flags }: OverrideContext): readonly DeclaredFlag[] {
  const path = formatPath(override.path);
  const named = names.get(path);
  if (named !== undefined) return [namedFlag(named, override)];
  if (flags === null) return [fallback(`--${override.path.join('.')}`, override)];
  const found = flagsFor(override.path, flags);
  if (found.length > 0) return found;
  if (flags.isOpen) return [fallback(`--${String(override.path.at(-1))}`, override)];
  throw overrideError('OVERRIDE_FLAG_UNKNOWN', `${flags.script} declares no flag for ${path}.`, {
    remedy: `Name it in pawl.yaml: \`overrides: { style: argparse, names: { ${path}: --its-flag } }\`, or leave the change out with \`--without ${path}\`.`,
  });
}

/** `--lr`, `--amp/--no-amp`, as pawl.yaml names it. */
function namedFlag(text: string, override: Override): DeclaredFlag {
  const [on = '', off] = text.split('/');
  return off === undefined
    ? fallback(on, override)
    : { names: [on], destination: on, kind: 'pair', opposite: off };
}

function fallback(name: string, { value }: Override): DeclaredFlag {
  return { names: [name], destination: name, kind: Array.isArray(value) ? 'words' : 'value' };
}

function toWords(override: Override, flags: readonly DeclaredFlag[]): string[] {
  const { value } = override;
  const [first] = flags as [DeclaredFlag];
  if (typeof value === 'boolean') {
    const own = flags.find(({ kind }) => kind === (value ? 'on' : 'off'));
    if (own) return [longName(own)];
    const pair = flags.find(({ kind }) => kind === 'pair');
    if (pair) return [value ? longName(pair) : (pair.opposite as string)];
    if (first.kind === 'on' || first.kind === 'off')
      throw refuse(
        override,
        STYLE,
        `${longName(first)} can only switch it ${first.kind}; take it out of \`train\` instead`,
      );
    // bool("False") is true in Python; only an empty text is false.
    if (first.kind === 'truthy') return [`${longName(first)}=${value ? 'True' : ''}`];
    return [`${longName(first)}=${value ? 'True' : 'False'}`];
  }
  const flag = flags.find(({ kind }) => kind !== 'on' && kind !== 'off' && kind !== 'pair');
  if (!flag) throw refuse(override, STYLE, `${longName(first)} is a switch and takes no value`);
  const name = longName(flag);
  if (flag.kind === 'data') {
    const text = valueText(value, 'yaml', override.isFloat);
    return [`${name}=${text ?? ''}`];
  }
  if (Array.isArray(value)) return listWords(override, value, flag);
  if (flag.kind === 'words') return [name, itemText(value, override)];
  return [`${name}=${itemText(value, override)}`];
}

function listWords(override: Override, items: readonly ConfigValue[], flag: DeclaredFlag): string[] {
  const name = longName(flag);
  const words = items
    .map((item) => itemText(item, override))
    .map(flag.kind === 'words' ? withoutExponent : String);
  if (flag.kind === 'repeat') return words.map((word) => `${name}=${word}`);
  if (flag.kind === 'words') {
    const odd = words.find((word) => (word.startsWith('-') && !NEGATIVE.test(word)) || word === '');
    if (odd !== undefined)
      throw refuse(override, STYLE, `the item ${JSON.stringify(odd)} would be taken for a flag`);
    return [name, ...words];
  }
  throw refuse(override, STYLE, `${name} takes one value, not a list`);
}

/** What argparse takes for a negative number and not for a flag. */
const NEGATIVE = /^-\d+$|^-\d*\.\d+$/;

/** `-2.5e-9` in digits: with an exponent argparse takes it for a flag. */
function withoutExponent(word: string): string {
  const [, digits = '', fraction = '', exponent = ''] = /^-(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(word) ?? [];
  if (exponent === '') return word;
  const all = digits + fraction;
  const point = digits.length + Number(exponent);
  if (point <= 0) return `-0.${'0'.repeat(-point)}${all}`;
  return `-${all.padEnd(point, '0').slice(0, point)}.${all.slice(point) || '0'}`;
}

function itemText(value: ConfigValue, override: Override): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, 'inf', 'nan', override.isFloat) as string;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  throw refuse(
    override,
    STYLE,
    value === null ? 'a flag cannot be given no value (null)' : 'a flag takes no mapping',
  );
}
