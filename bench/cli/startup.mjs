// Whole-process time of `pawl --version` and `pawl plan` against `node -e 0`, interleaved.
// Usage: node bench/cli/startup.mjs [--repeat 20]      (after npm run build)
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const repeat = Number(process.argv[process.argv.indexOf('--repeat') + 1]) || 20;
const pawl = join(root, 'bin', 'pawl');
const commands = {
  'node -e 0': ['-e', '0'],
  'pawl --version': [pawl, '--version'],
  'pawl plan': [pawl, 'plan', '--project', join(root, 'examples', 'digits')],
  'pawl plan --json': [pawl, 'plan', '--project', join(root, 'examples', 'digits'), '--json'],
};
const goals = { 'pawl --version': 2, 'pawl plan': 4, 'pawl plan --json': 4 };
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let i = 0; i < repeat + 2; i++) {
  for (const [name, args] of Object.entries(commands)) {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const took = performance.now() - begun;
    if (status !== 0) throw new Error(`${name} exited with ${status}: ${String(stderr)}`);
    if (i >= 2) times[name].push(took);
  }
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const base = median(times['node -e 0']);
let missed = 0;
for (const [name, values] of Object.entries(times)) {
  const ratio = median(values) / base;
  const goal = goals[name];
  const verdict =
    goal === undefined ? '' : ratio <= goal ? `  (goal ${goal}×: met)` : `  (goal ${goal}×: MISSED)`;
  if (goal !== undefined && ratio > goal) missed += 1;
  console.log(
    `${name.padEnd(18)} median ${median(values).toFixed(0).padStart(5)} ms  ${ratio.toFixed(2)}×${verdict}`,
  );
}
process.exitCode = missed > 0 ? 1 : 0;
