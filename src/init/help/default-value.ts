import { parseLiteral } from '../../metrics/literal.ts';
import type { Literal } from '../python/literal.ts';
import type { Entry } from './entries.ts';

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const LONGEST = 200;

/** A default as a value; undefined where it is none, or an object of Python that no config could hold. */
export function defaultValue(text: string, { names, metavar, help }: Entry): Literal | undefined {
  if (text === '' || text.length > LONGEST || /^(?:None|null|<.*)$/i.test(text)) return undefined;
  // click: the default of a pair is the name of one of both.
  const spelled = names.filter((name) => name.replace(/^-+/, '') === text);
  if (spelled.length > 0 && names.length > 1) return spelled[0] === names[0];
  const quoted = /^(['"`])(.*)\1$/s.exec(text)?.[2];
  // absl quotes every default.
  const isTyped = quoted !== undefined && /\((?:a|an) (?:[\w-]+ )?(?:number|integer)\b/.test(help);
  const word =
    quoted === undefined || isTyped || names.some((name) => name.startsWith('--no'))
      ? (quoted ?? text)
      : undefined;
  if (word === undefined) return quoted;
  if (/^(?:true|false)$/i.test(word)) return /^true$/i.test(word);
  if (NUMBER.test(word)) return Number(word);
  if (/^[[(].*[\])]$/s.test(word)) {
    const literal = parseLiteral(word);
    return literal && !literal.isCut && literal.end === word.length ? listOf(literal.value) : undefined;
  }
  const words = word.split(/,?\s+/);
  const isList = words.length > 1 && words.every((each) => NUMBER.test(each));
  if (isList && /[\s.[]/.test(metavar + (word.includes(',') ? ' ' : ''))) return words.map(Number);
  return word;
}

/** A list of numbers, texts or booleans. */
function listOf(value: unknown): Literal | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: Literal[] = [];
  for (const item of value as unknown[]) {
    if (typeof item !== 'number' && typeof item !== 'string' && typeof item !== 'boolean') return undefined;
    items.push(item);
  }
  return items;
}
