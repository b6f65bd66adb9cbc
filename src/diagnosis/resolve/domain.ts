import { conceptsOf, type Domain } from '../words/concepts.ts';

/** The domain of a setting by its key, or by its section and key together; null where it is unknown or unclear. */
export function domainOf(name: string, parent: string): Domain | null {
  const joined = conceptsOf(parent + name);
  const own = conceptsOf(name);
  const found = (own.length > 0 ? own : joined).map((concept) => concept.domain);
  return found.length > 0 && found.every((domain) => domain === found[0]) ? (found[0] ?? null) : null;
}

/** Why a number cannot be the value of such a setting; null where it can. */
export function domainProblem(number: number, domain: Domain | null, name: string): string | null {
  if (domain === 'fraction' && (number < 0 || number > 1)) return `${name} must lie between 0 and 1`;
  if (domain === 'fraction' && number === 1 && /drop/u.test(name)) return `${name} of 1 drops everything`;
  if (domain === 'positive' && number <= 0) return `${name} must be positive`;
  if (domain === 'nonnegative' && number < 0) return `${name} must not be negative`;
  if ((domain === 'count' || domain === 'count0') && !Number.isInteger(number))
    return `${name} must be a whole number`;
  if (domain === 'count' && number <= 0) return `${name} must be at least 1`;
  if (domain === 'count0' && number < 0) return `${name} must not be negative`;
  return null;
}
