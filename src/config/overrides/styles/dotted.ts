import { parse } from 'yaml';
import type { OverrideStyle } from '../_contract.ts';
import { refuse } from '../errors.ts';
import { checkText, dottedName } from '../keys.ts';
import { valueText } from '../value-text.ts';

const STYLE = '`--a.b=value`';

/**
 * LightningCLI and jsonargparse: `--model.dropout=0.4`, collections and null as YAML. A string stands as it is: where a
 * string is expected, jsonargparse takes quotes literally. With `values: python` (nanoGPT's configurator, which reads a
 * Python literal) strings are quoted.
 */
export const dotted: OverrideStyle = {
  name: 'dotted',
  lists: 'whole',
  mappings: 'whole',
  lead: [],
  pass(override, context, all) {
    const { kind, value, path, isFloat } = override;
    const name = dottedName(override, context, STYLE);
    if (kind === 'removed') {
      // Arguments of a class go with the class: jsonargparse drops those that the new one does not take.
      const at = path.lastIndexOf('init_args');
      const isReplaced = all.some(
        (each) =>
          each.path.length === at + 1 &&
          each.path.at(-1) === 'class_path' &&
          startsAlike(each.path, path, at),
      );
      if (at >= 0 && isReplaced) return { argv: [], environment: {} };
      throw refuse(override, STYLE, 'there is no argument that removes a key');
    }
    const syntax = context.values ?? 'yaml';
    const isRaw = typeof value === 'string' && syntax === 'yaml';
    if (isRaw && value !== '' && isNull(value))
      throw refuse(override, STYLE, `the text ${JSON.stringify(value)} is read as no value`);
    const text = isRaw ? value : valueText(value, syntax, isFloat);
    if (text === undefined) throw refuse(override, STYLE, 'the value has no Python literal');
    return {
      argv: [`${name.startsWith('-') ? '' : '--'}${name}=${checkText(override, STYLE, text)}`],
      environment: {},
    };
  },
};

function startsAlike(a: readonly unknown[], b: readonly unknown[], length: number): boolean {
  return a.slice(0, length).every((key, i) => key === b[i]);
}

/** Whether YAML takes a text for no value: `null`, `~`, `---`, a comment. */
export function isNull(text: string): boolean {
  try {
    return (parse(text, { logLevel: 'silent' }) ?? null) === null;
  } catch {
    return false;
  }
}
