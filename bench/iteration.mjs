/** The start of an iteration as the engine records it, for benchmarks that make a study of their own. */
export const iterationStart = (own) => ({
  iteration: 1,
  inputsHash: '',
  changes: [],
  skipped: [],
  warnings: [],
  forced: [],
  level: 'standard',
  seeds: [],
  plannedPairs: 8,
  alpha: 0.05,
  target: null,
  optimized: 'optimized-1',
  reference: 'baseline',
  baseline: 'baseline',
  diagnosis: {
    file: '',
    rootCauses: [],
    target: null,
    baseline: {},
    expectedOutcome: [],
    recommendations: [],
  },
  ...own,
});

/** A trial whose config nobody reads. */
export const trialOf = (id, kind, own) => ({
  id,
  kind,
  iteration: 1,
  label: id,
  config: id,
  configHash: id,
  changes: [],
  ...own,
});

/** A metric in a unit of its own, of which nothing else is logged. */
export const metricOf = (goal = 'max') => ({
  wanted: 'm',
  name: 'm',
  goal,
  select: 'best',
  train: null,
  trainLoss: null,
  valLoss: null,
  scale: 'other',
  note: null,
});
