import { formatPath } from '../../path.ts';
import type { OverrideStyle } from '../_contract.ts';
import { refuse } from '../errors.ts';
import { checkText } from '../keys.ts';
import { valueText } from '../value-text.ts';
import { isNull } from './dotted.ts';

const STYLE = 'environment';

/**
 * Environment variables: `optimizer.lr` is `OPTIMIZER_LR`, with `prefix` and `separator` as the trainer has them
 * (`APP_OPTIMIZER__LR` for pydantic-settings and jsonargparse). Text stands as it is, anything else as JSON or YAML read it.
 */
export const env: OverrideStyle = {
  name: 'env',
  lists: 'whole',
  mappings: 'leaves',
  lead: [],
  pass(override, { names, values, prefix, separator }) {
    const { path, kind, value, isFloat } = override;
    if (kind === 'removed') throw refuse(override, STYLE, 'a variable cannot say that a key is gone');
    const name =
      names.get(formatPath(path)) ??
      prefix + path.map((key) => String(key).replaceAll('-', '_').toUpperCase()).join(separator);
    if (!/^[A-Za-z_]\w*$/.test(name))
      throw refuse(override, STYLE, `${JSON.stringify(name)} is no name of a variable`);
    if (typeof value === 'string' && values === 'yaml' && isNull(value))
      throw refuse(override, STYLE, `the text ${JSON.stringify(value)} is read as no value`);
    const text = typeof value === 'string' ? value : valueText(value, values ?? 'yaml', isFloat);
    if (text === undefined) throw refuse(override, STYLE, 'the value has no Python literal');
    return { argv: [], environment: { [name]: checkText(override, STYLE, text) } };
  },
};
