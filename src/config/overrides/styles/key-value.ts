import { isMapping } from '../../lookup.ts';
import type { OverrideStyle } from '../_contract.ts';
import { refuse } from '../errors.ts';
import { checkText, dottedName } from '../keys.ts';
import { valueText } from '../value-text.ts';

const STYLE = '`key=value`';

/**
 * `a.b=value`: OmegaConf's `from_cli` reads the value as YAML; Ultralytics and Sacred (`with a.b=value`) read a Python
 * literal (`values: python`).
 */
export const keyValue: OverrideStyle = {
  name: 'key-value',
  lists: 'whole',
  mappings: 'leaves',
  lead: [],
  pass(override, context) {
    if (override.kind === 'removed') throw refuse(override, STYLE, 'there is no argument that removes a key');
    if (Array.isArray(override.from) && isMapping(override.value))
      throw refuse(override, STYLE, 'a mapping cannot take the place of a list');
    const name = dottedName(override, context, STYLE);
    const text = valueText(override.value, context.values ?? 'yaml', override.isFloat);
    if (text === undefined) throw refuse(override, STYLE, 'the value has no Python literal');
    return { argv: [`${name}=${checkText(override, STYLE, text)}`], environment: {} };
  },
};
