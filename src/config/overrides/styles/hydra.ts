import { isMapping } from '../../lookup.ts';
import type { ConfigValue } from '../../value.ts';
import type { Override, OverrideStyle } from '../_contract.ts';
import { refuse } from '../errors.ts';
import { checkText } from '../keys.ts';
import { formatPath } from '../../path.ts';
import { numberText } from '../value-text.ts';

/**
 * Hydra's override grammar (hydra/grammar/OverrideParser.g4): `a.b=v`, `++a.b=v` for keys the config may not have,
 * `~a.b` for removals, `group=option` for entries of the defaults list.
 */
export const hydra: OverrideStyle = {
  name: 'hydra',
  lists: 'whole',
  mappings: 'leaves',
  lead: [],
  pass(override, { names }) {
    const { path, kind } = override;
    if (path[0] === 'defaults') return { argv: groups(override), environment: {} };
    const named = names.get(formatPath(path));
    // Keys that Hydra's paths cannot hold (`30` of a mapping) stand in a mapping that is merged into the one above.
    const odd = path.findIndex((key) => !KEY.test(String(key)));
    const cut = named !== undefined || odd < 0 ? path.length : odd;
    if (cut === 0)
      throw refuse(override, 'Hydra', `the key ${JSON.stringify(path[0])} has no spelling there`);
    const key = named ?? path.slice(0, cut).join('.');
    if (kind === 'removed') {
      if (cut < path.length)
        throw refuse(override, 'Hydra', `the key ${String(path[cut])} has no spelling there`);
      return { argv: [`~${key}`], environment: {} };
    }
    const value = path
      .slice(cut)
      .reduceRight<ConfigValue>((inner, each) => ({ [String(each)]: inner }), override.value);
    const text = hydraText(value, override, cut === path.length && override.isFloat);
    // A mapping is merged into what is there, which a list cannot take.
    const isOther = kind === 'changed' && isMapping(value) && Array.isArray(override.from);
    if (isOther)
      return { argv: [`~${key}`, `++${key}=${checkText(override, 'Hydra', text)}`], environment: {} };
    return {
      argv: [`${kind === 'new' ? '++' : ''}${key}=${checkText(override, 'Hydra', text)}`],
      environment: {},
    };
  },
};

const KEY = /^[A-Za-z_$][\w$-]*$/;
const DICT_KEY = /^(?:[A-Za-z_][\w.-]*|-?(?:0|[1-9]\d*))$/;
const LITERAL = /^(?:true|false|null|inf|nan)$/i;

function hydraText(value: ConfigValue, override: Override, isFloat = false): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value, 'inf', 'nan', isFloat) as string;
  if (typeof value === 'string')
    return /^[A-Za-z_]\w*$/.test(value) && !LITERAL.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return `[${value.map((item) => hydraText(item, override)).join(',')}]`;
  const entries = Object.entries(isMapping(value) ? value : {}).map(([key, item]) => {
    if (!DICT_KEY.test(key) || LITERAL.test(key))
      throw refuse(override, 'Hydra', `its mappings cannot hold the key ${JSON.stringify(key)}`);
    return `${key}:${hydraText(item, override)}`;
  });
  return `{${entries.join(',')}}`;
}

/** Backslashes are literal except in front of a quote (the closing one too), where they are doubled. */
function quoted(text: string): string {
  return `'${text.replaceAll(/(\\*)('|$)/g, (_, slashes: string, quote: string) => slashes + slashes + (quote === '' ? '' : "\\'"))}'`;
}

/** `model: mlp` → `model: resnet` in the defaults list is the group override `model=resnet`. */
function groups(override: Override): string[] {
  const [before, after] = [override.from, override.value].map(choices);
  if (!before || !after || override.path.length > 1)
    throw refuse(override, 'Hydra', 'only choices of groups can be changed in the defaults list');
  const changed = [...after].flatMap(([group, choice]) => {
    if (before.get(group) === choice) return [];
    return [`${before.has(group) ? '' : '+'}${group}=${choice}`];
  });
  return [...changed, ...[...before.keys()].flatMap((group) => (after.has(group) ? [] : [`~${group}`]))];
}

const GROUP = /^(?:override )?\/?([A-Za-z_][\w/@.-]*)$/;

function choices(list: ConfigValue): Map<string, string> | undefined {
  if (!Array.isArray(list)) return undefined;
  const found = new Map<string, string>();
  for (const entry of list) {
    if (entry === '_self_' || typeof entry === 'string') continue;
    for (const [group, choice] of Object.entries(isMapping(entry) ? entry : {})) {
      const name = GROUP.exec(group)?.[1];
      if (name === undefined || (choice !== null && typeof choice !== 'string')) return undefined;
      if (choice !== null && !/^[\w/.-]+$/.test(choice)) return undefined;
      found.set(name, choice ?? 'null');
    }
  }
  return found;
}
