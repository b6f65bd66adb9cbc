import { knownOutput } from '../stdout/known.ts';

/** What nanoGPT and its relatives print: evaluations by step, losses by iteration. */
export const nanogpt = knownOutput({
  name: 'nanogpt',
  title: 'printed steps of nanoGPT',
  pattern: /^step \d+: train loss \d.*, val loss |^iter \d+: loss \S+, time [\d.]+ms/m,
  why: '`step N: train loss …, val loss …`',
});
