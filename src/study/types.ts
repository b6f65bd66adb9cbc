/** What studies are made of, each kind in a file of its own. */
export type * from './types/change.ts';
export type * from './types/effect.ts';
export type * from './types/facts.ts';
export type * from './types/metric.ts';
export type * from './types/outcome.ts';
export type * from './types/trial.ts';
export type * from './types/verdict.ts';
