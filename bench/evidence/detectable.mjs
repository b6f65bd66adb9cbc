// What each sequential design can see: the effect it accepts with 80 % power, and the trainings it takes.
// Usage: npm run build && node bench/evidence/detectable.mjs [--alpha 0.05]
import { acceptProbability, detectableEffect, meanPairs } from '../../dist/evidence/power.js';
import { option, Scoreboard } from './scoreboard.mjs';

const startedAt = performance.now();
const alpha = Number(option('alpha', 0.05));
const board = new Scoreboard();
board.heading(`One-sided α = ${alpha}; σ: seed standard deviation of one run`);
board.table(
  [
    'pairs at most',
    'trainings at most',
    'on average, no effect',
    'on average, detectable effect',
    'detectable, sd of the differences',
    'detectable, σ (seeds unrelated)',
    '0.5 σ accepted (seeds unrelated)',
  ],
  Array.from({ length: 8 }, (_, i) => {
    const pairs = i + 3;
    const { d } = detectableEffect(pairs, alpha, null);
    return [
      pairs,
      2 * pairs,
      (2 * meanPairs(pairs, alpha, 0)).toFixed(1),
      (2 * meanPairs(pairs, alpha, d)).toFixed(1),
      d.toFixed(2),
      (d * Math.SQRT2).toFixed(2),
      `${(100 * acceptProbability(pairs, alpha, 0.5 / Math.SQRT2)).toFixed(0)} %`,
    ];
  }),
);
board.finish(startedAt);
