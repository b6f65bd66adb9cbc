// Does following the diagnosis reach the target? Diagnose, apply all recommended changes, train again; up to three rounds,
// each from the best configuration so far. A single seed and no statistics: this measures the recommendations alone.
// Usage: node bench/diagnosis/cure.mjs [--set first|second|third] [--seed 1]     (after npm run build)
import { diagnoseRuns } from '../../dist/diagnosis/diagnose.js';
import { parsePath } from '../../dist/config/path.js';
import { documentOf, merge, train } from './trainings.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const { BASES, DEFECTS } = await import(`./sets/${option('set', 'first')}.mjs`);
const SEED = Number(option('seed', 1));
const ROUNDS = 3;

const nested = (path, value) => path.reduceRight((inner, key) => ({ [key]: inner }), value);
const best = (curve) => Math.max(...curve.points.map(({ values }) => values.val_acc).filter(Number.isFinite));

async function cure(config, target) {
  let at = config;
  let curve = await train(at, SEED);
  const reached = [best(curve)];
  const tried = [];
  for (let round = 1; round <= ROUNDS && Math.max(...reached) < target; round++) {
    const { recommendations } = diagnoseRuns({
      runs: [{ label: 'run', seed: SEED, curve }],
      config: await documentOf(at),
      metric: 'val_acc',
      target: () => target,
      tried,
    });
    const changes = recommendations.flatMap((advice) => advice.changes);
    if (changes.length === 0) break;
    const next = changes.reduce((all, { path, to }) => merge(all, nested(parsePath(path), to)), at);
    const result = await train(next, SEED);
    const isBetter = best(result) > Math.max(...reached);
    for (const { path, from, to } of changes)
      tried.push({ path, from, to, outcome: isBetter ? 'undetermined' : 'futile', iteration: round });
    reached.push(best(result));
    if (isBetter) [at, curve] = [next, result];
  }
  return reached;
}

let cured = 0;
let sick = 0;
for (const { name, base, set } of DEFECTS) {
  const { config, target } = BASES[base];
  const reached = await cure(merge(config, set), target);
  if (reached[0] >= target) {
    console.log(name.padEnd(50), 'target met without a cure');
    continue;
  }
  const isCured = Math.max(...reached) >= target;
  sick++;
  if (isCured) cured++;
  console.log(
    name.padEnd(50),
    isCured ? 'cured ' : 'missed',
    reached.map((value) => (100 * value).toFixed(1)).join(' → '),
    `(target ${100 * target})`,
  );
}
console.log(
  `\ntarget reached within ${ROUNDS} rounds: ${cured} of ${sick} (${((100 * cured) / sick).toFixed(1)} %)`,
);
