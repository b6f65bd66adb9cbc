import { phaseOf, withPhase } from '../phase.ts';
import { nameOf, type Named } from './name.ts';
import type { Pair } from './pairs.ts';
import type { Reading } from './span.ts';
import { isNeutral, isReserved } from './vocabulary.ts';

/** What a line is known by when its numbers are weighed. */
export interface LineContext {
  /** The line names its epoch or step. */
  hasMarker: boolean;
  /** An epoch or step has been named before. */
  isTraining: boolean;
  /** The phase the line or its section belongs to. */
  phase: string | undefined;
  /** The line, without its marker. */
  rest: string;
}

export interface FoundMetric {
  name: string;
  /** What the line is about (`person: precision 0.5`): tells its metrics from those of other lines of the same names. */
  label: string | undefined;
  reading: Reading;
}

const LABEL = /(?:^|\|)\s*([A-Za-z][\w-]*):\s*$/;
const LEAD_PHASE =
  /\b([a-z]+)\b(?=[^a-z]*$|\s+(?:set|phase|results?|metrics?|stats|summary|performance|subset|data|on\b.*)\b[^a-z]*$)/i;

/**
 * The metrics of a line. A name that is known for a metric counts anywhere; an unknown one only beside such, or in a line
 * that names its epoch or step, or that is made of nothing else; a count, a setting, a port or a size never.
 */
export function metricsOf(pairs: readonly Pair[], context: LineContext): FoundMetric[] {
  if (pairs.length === 0) return [];
  const found = nameAll(pairs);
  const company = {
    hasStrong: found.some(({ pair, named }) => named?.strength === 'strong' && isPlausible(pair, false)),
    pairs,
  };
  const hasMeters = pairs.filter(({ mean }) => mean !== undefined).length > 1;
  const isAboutBest = /^\W*(?:new )?best\b/i.test(
    `${pairs[0]?.lead ?? ''}${pairs[0]?.words.join(' ') ?? ''}`,
  );
  const metrics: FoundMetric[] = [];
  const label = LABEL.exec(pairs[0]?.lead ?? '')?.[1];
  let { phase } = context;
  let isInherited = phase !== undefined;
  found.forEach(({ pair, named }, i) => {
    const lead = pair.lead === '' ? undefined : LEAD_PHASE.exec(pair.lead)?.[1];
    const led = lead === undefined ? undefined : phaseOf(lead);
    if (led !== undefined) {
      phase = led;
      isInherited = true;
    }
    if (!named || !isAccepted(pair, named, context, company)) return;
    if (named.phase !== undefined && (i === 0 || isInherited)) {
      ({ phase } = named);
      isInherited = true;
    }
    const prefixed = (text: string): string =>
      isInherited && !isNeutral(text) ? withPhase(phase, text) : text;
    let name = prefixed(named.name);
    if (metrics.some((other) => other.name === name)) name = prefixed(named.full);
    // `New best model: val_acc 0.83` is no second value of val_acc.
    if ((isAboutBest || /\bbest\b/i.test(pair.lead)) && !/best/i.test(name)) name = `best_${name}`;
    metrics.push({
      name,
      label,
      reading: hasMeters && pair.mean ? { kind: 'number', at: pair.mean } : pair.reading,
    });
  });
  return metrics;
}

function nameAll(pairs: readonly Pair[]): { pair: Pair; named: Named | undefined }[] {
  let carried: string | undefined;
  return pairs.map((pair) => {
    const named = nameOf(pair, carried);
    carried = named?.carried ?? sharedName(pair, named);
    return { pair, named };
  });
}

/** `loss 0.52 → val 0.61`: a phase alone names the metric before it. */
function sharedName(pair: Pair, named: Named | undefined): string | undefined {
  if (named?.strength !== 'strong' || !pair.isMeasure) return undefined;
  const words = pair.words.filter((word) => /\p{L}/u.test(word) && phaseOf(word) === undefined);
  return words.length === 1 ? words[0] : undefined;
}

/** What stands beside a number in its line. */
interface Company {
  hasStrong: boolean;
  pairs: readonly Pair[];
}

function isAccepted(pair: Pair, named: Named, context: LineContext, company: Company): boolean {
  const { name, strength, isProse } = named;
  // `kernel_map=512` is no mean average precision.
  if (!pair.isMeasure && /(?:^|[^a-z])(?:map|ap|ce)$/i.test(name)) return false;
  if (!isPlausible(pair, strength === 'strong' && context.hasMarker)) return false;
  if (strength === 'strong') return true;
  if (isReserved(name) || isProse || (phaseOf(name) !== undefined && !pair.isMeasure)) return false;
  if (pair.hasFollower || (pair.isTight && !pair.isMeasure && pair.join === ':')) return false;
  // `i=3/530` counts batches.
  if (strength === 'none' && pair.reading.divisor) return false;
  if (context.hasMarker || company.hasStrong) return true;
  if (strength === 'weak') return pair.isMeasure && (context.isTraining || /[_/]/.test(name));
  if (
    !context.isTraining ||
    !pair.isMeasure ||
    pair.join === ' ' ||
    (pair.words.length > 1 && company.pairs.length === 1)
  )
    return false;
  return isMadeOf(context.rest, company.pairs);
}

/** Whether the number itself can be a metric's, however good its name. */
function isPlausible(pair: Pair, isSure: boolean): boolean {
  if (pair.join !== ' ') return !pair.hasFollower || pair.isMeasure;
  return !pair.hasFollower && (pair.isMeasure || pair.words.length > 1 || isSure);
}

/** Whether a line is made of names and their numbers and nothing else. */
function isMadeOf(rest: string, pairs: readonly Pair[]): boolean {
  const words = rest.match(/\p{L}[^\s,;|:=]*/gu)?.length ?? 0;
  return words <= pairs.reduce((sum, pair) => sum + pair.words.length + (pair.isWord ? 1 : 0), 0);
}
