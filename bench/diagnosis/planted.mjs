// Planted defects: is the planted cause the primary issue, and is a sound configuration called healthy?
// Usage: node bench/diagnosis/planted.mjs [--set first|second|third] [--seeds 5] [--no-target]     (after npm run build)
// A run that reaches the target in spite of its defect is counted apart: there `healthy` is the right answer.
import { diagnoseRuns } from '../../dist/diagnosis/diagnose.js';
import { documentOf, merge, train } from './trainings.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const SET = option('set', 'first');
const SEEDS = Array.from({ length: Number(option('seeds', 5)) }, (_, i) => i + 1);
const HAS_TARGET = !process.argv.includes('--no-target');
const { BASES, DEFECTS } = await import(`./sets/${SET}.mjs`);

async function diagnose(config, target, seed) {
  const curve = await train(config, seed);
  const document = await documentOf(config);
  return diagnoseRuns({
    runs: [{ label: 'run', seed, curve }],
    config: document,
    metric: 'val_acc',
    target: HAS_TARGET ? () => target : null,
  });
}

const counts = (issues) =>
  [...new Set(issues)]
    .map((issue) => `${issue} ${issues.filter((each) => each === issue).length}`)
    .join(', ');

console.log(`Set ${SET}, ${SEEDS.length} seeds each, ${HAS_TARGET ? 'with' : 'without'} a target\n`);
let sound = 0;
let healthy = 0;
for (const [name, { config, target }] of Object.entries(BASES)) {
  const issues = [];
  for (const seed of SEEDS) issues.push((await diagnose(config, target, seed)).primary.issue);
  sound += issues.length;
  healthy += issues.filter((issue) => issue === 'healthy').length;
  console.log(`sound: ${name}`.padEnd(50), counts(issues));
}
let right = 0;
let planted = 0;
let unharmed = 0;
for (const { name, base, set, accept } of DEFECTS) {
  const issues = [];
  let good = 0;
  let counted = 0;
  for (const seed of SEEDS) {
    const { primary, isTargetMet } = await diagnose(merge(BASES[base].config, set), BASES[base].target, seed);
    const isUnharmed = isTargetMet === true && !accept.includes(primary.issue);
    issues.push(isUnharmed ? 'target met' : primary.issue);
    if (isUnharmed) {
      unharmed++;
      continue;
    }
    counted++;
    if (accept.includes(primary.issue)) good++;
  }
  right += good;
  planted += counted;
  console.log(name.padEnd(50), `${good}/${counted}`.padStart(4), ' ', counts(issues));
}
const share = (part, whole) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
console.log(
  `\nplanted cause is primary: ${share(right, planted)}${unharmed > 0 ? `; ${unharmed} runs met the target all the same` : ''}`,
);
console.log(`sound configurations called healthy: ${share(healthy, sound)}`);
