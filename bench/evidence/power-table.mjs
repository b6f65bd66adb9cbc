// Makes src/evidence/power-table.ts: what each sequential design accepts, and after how many pairs, at each true effect.
// Usage: npm run build && node bench/evidence/power-table.mjs [paths, default 100000]
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { limitsFor } from '../../dist/evidence/limits.js';
import { ALPHAS } from '../../dist/evidence/limits-table.js';
import { walk } from '../../dist/evidence/walk.js';
import { createRng } from '../../dist/math/rng.js';

const paths = Number(process.argv[2] ?? 100_000);
const seed = 1;
const effects = [...Array.from({ length: 16 }, (_, i) => i / 5), 3.5, 4, 4.5, 5, 6, 7, 8, 10, 12, 16];

function simulate(limits, d) {
  let accepted = 0;
  let pairs = 0;
  for (let path = 0; path < paths; path++) {
    const rng = createRng(seed, path);
    const end = walk(limits, () => d + rng.normal());
    if (end.isAccepted) accepted++;
    pairs += end.n;
  }
  return { accepted: accepted / paths, pairs: pairs / paths };
}

const accepted = [];
const pairs = [];
for (let n = 3; n <= 10; n++) {
  const rows = ALPHAS.map((alpha) => effects.map((d) => simulate(limitsFor(n, alpha), d)));
  const print = (field, digits) =>
    rows
      .map((row) => `    [${row.map((cell) => Number(cell[field].toFixed(digits))).join(', ')}],`)
      .join('\n');
  accepted.push(`  ${n}: [\n${print('accepted', 4)}\n  ],`);
  pairs.push(`  ${n}: [\n${print('pairs', 3)}\n  ],`);
  process.stderr.write(`N = ${n} done\n`);
}

writeFileSync(
  fileURLToPath(new URL('../../src/evidence/power-table.ts', import.meta.url)),
  `/**
 * Power of the sequential designs, made by bench/evidence/power-table.mjs from ${paths.toLocaleString('en-US')} paths of normal differences each.
 *
 * ACCEPTED[N][a][e]: share of studies of N planned pairs at level ALPHAS[a] that accept a true effect of EFFECTS[e]
 * standard deviations of the paired differences. PAIRS: the mean number of pairs they take.
 */
export const EFFECTS: readonly number[] = [${effects.join(', ')}];

export const ACCEPTED: Readonly<Record<number, readonly (readonly number[])[]>> = {
${accepted.join('\n')}
};

export const PAIRS: Readonly<Record<number, readonly (readonly number[])[]>> = {
${pairs.join('\n')}
};
`,
);
