import type { OptunaDistribution, OptunaParam } from './study.ts';

/** A distribution as Optuna's `distribution_to_json` writes it; its reader passes `attributes` as keyword arguments. */
export function distributionJson(distribution: OptunaDistribution): string {
  const { name, ...attributes } = distribution;
  return JSON.stringify({ name, attributes });
}

/** The number that a relational storage keeps for a value: itself, or the position of the choice. */
export function internalValue({ value, distribution }: OptunaParam): number {
  if (distribution.name !== 'CategoricalDistribution') return Number(value);
  const at = distribution.choices.findIndex((choice) => Object.is(choice, value));
  if (at < 0) throw new Error(`${JSON.stringify(value)} is none of ${JSON.stringify(distribution.choices)}`);
  return at;
}
