import type { ConfigValue } from '../../value.ts';
import type { Override, OverrideStyle } from '../_contract.ts';
import { refuse } from '../errors.ts';
import { checkText, dottedName } from '../keys.ts';
import { numberText } from '../value-text.ts';

const STYLE = '--cfg-options';

/**
 * mmengine's `--cfg-options a.b=c` (mmengine.config.DictAction): lists in brackets, items of lists by their position.
 * It drops spaces and outer quotes and reads what looks like a number as one, so that some texts cannot be said.
 */
export const mmengine: OverrideStyle = {
  name: 'mmengine',
  lists: 'items',
  mappings: 'leaves',
  lead: [STYLE],
  pass(override, context) {
    if (override.kind === 'removed') throw refuse(override, STYLE, 'there is no argument that removes a key');
    const name = dottedName(override, context, STYLE, /^[^\s.=-][^\s.=]*$/u);
    const text = checkText(override, STYLE, toText(override.value, override, override.isFloat));
    return { argv: [`${name}=${text}`], environment: {} };
  },
};

function toText(value: ConfigValue, override: Override, isFloat: boolean): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value, 'inf', 'nan', isFloat) as string;
  if (typeof value === 'string') {
    const isPlain = /^[^\s'"()[\],\0]+$/u.test(value) && !isRead(value);
    if (!isPlain)
      throw refuse(override, STYLE, `the text ${JSON.stringify(value)} would be read as something else`);
    return value;
  }
  if (!Array.isArray(value))
    throw refuse(
      override,
      STYLE,
      'a mapping in place of something else or inside a list has no spelling there',
    );
  return `[${value.map((item) => toText(item, override, false)).join(',')}]`;
}

/** Whether Python's `int` or `float`, or the words for booleans and null, take the text. */
function isRead(text: string): boolean {
  return (
    /^(?:true|false)$/i.test(text) ||
    text === 'None' ||
    /^[-+]?(?:inf(?:inity)?|nan|[\p{Nd}_]*\.?[\p{Nd}_]*(?:e[-+]?[\p{Nd}_]+)?)$/iu.test(text)
  );
}
