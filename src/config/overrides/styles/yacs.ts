import type { OverrideStyle } from '../_contract.ts';
import { refuse } from '../errors.ts';
import { checkText, dottedName } from '../keys.ts';
import { valueText } from '../value-text.ts';

/**
 * yacs and detectron2: `KEY.SUB value` pairs behind everything else. A value is a Python literal, and of the type that
 * the key has: an integer for a float is refused by yacs, so that `1` is written `1.0`.
 */
export const yacs: OverrideStyle = {
  name: 'yacs',
  lists: 'whole',
  mappings: 'leaves',
  lead: [],
  pass(override, context) {
    const { kind, value } = override;
    if (kind === 'removed') throw refuse(override, 'yacs', 'there is no argument that removes a key');
    const name = dottedName(override, context, 'yacs', /^[^\s.=-][^\s.]*$/u);
    const isBare =
      typeof value === 'string' && /^[A-Za-z_][\w./:-]*$/.test(value) && !/^(?:None|True|False)$/.test(value);
    const text = isBare ? value : valueText(value, 'python', override.isFloat);
    if (text === undefined) throw refuse(override, 'yacs', 'the value has no Python literal');
    return { argv: [name, checkText(override, 'yacs', text)], environment: {} };
  },
};
