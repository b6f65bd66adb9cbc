import { findAxes } from '../axis.ts';
import { parseLiteral, type LiteralMapping } from '../literal.ts';
import { phaseOf } from '../phase.ts';
import { metricStrength, nameWords } from '../words.ts';

/** A mapping printed within a line (`{'loss': 0.5}` as Python, or JSON). */
export interface FoundDict {
  value: LiteralMapping;
  /** The phase named before it: `val: {…}`. */
  phase: string | undefined;
  /** Where it stands. */
  start: number;
  end: number;
  isMetrics: boolean;
}

const SETTINGS = new Set(
  'batchsize batch seed workers optimizer dropout momentum weightdecay hidden layers model dataset device gpu patience'.split(
    ' ',
  ),
);

export function findDict(line: string): FoundDict | undefined {
  for (let start = line.indexOf('{'); start >= 0; start = line.indexOf('{', start + 1)) {
    const literal = parseLiteral(line, start);
    if (
      !literal ||
      literal.isCut ||
      literal.value === null ||
      typeof literal.value !== 'object' ||
      Array.isArray(literal.value)
    )
      continue;
    const before = line.slice(0, start);
    const word =
      before.match(/([A-Za-z]+)(?:[\s_-]+(?:metrics|results|stats|logs|set))?\s*[:=]?\s*$/i)?.[1] ?? '';
    return {
      value: literal.value,
      phase: phaseOf(word),
      start,
      end: literal.end,
      isMetrics: looksLikeMetrics(literal.value),
    };
  }
  return undefined;
}

function looksLikeMetrics(mapping: LiteralMapping): boolean {
  const names = leaves(mapping);
  if (names.some((name) => metricStrength(name) === 'strong')) return true;
  const isConfig = names.some((name) => SETTINGS.has(nameWords(name).join('')));
  if (isConfig) return false;
  const { epoch, step } = findAxes(names);
  const others = names.filter((name) => name !== epoch && name !== step && name !== 'lr');
  return (
    (others.length > 0 && (step !== undefined || (epoch !== undefined && epoch !== 'epochs'))) ||
    others.some((name) => metricStrength(name) === 'weak')
  );
}

function leaves(mapping: LiteralMapping, prefix = ''): string[] {
  return Object.entries(mapping).flatMap(([key, value]) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return leaves(value, `${prefix}${key}/`);
    return typeof value === 'boolean' || value === null ? [] : [prefix + key];
  });
}
