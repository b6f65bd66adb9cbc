// Recomputes the efficacy limits c_n of src/evidence/limits-table.ts by simulation of the t statistic, and measures the
// error that the table's own limits spend by each look against α(n/N)^1.5.
// Usage: npm run build && node bench/evidence/limits.mjs [--paths 2000000]
import { ALPHAS, LIMITS } from '../../dist/evidence/limits-table.js';
import { createRng } from '../../dist/math/rng.js';
import { option, Scoreboard } from './scoreboard.mjs';

const startedAt = performance.now();
const paths = Number(option('paths', 2_000_000));
const FIRST = 3;
const LAST = 10;

// t[n][path] of one long walk serves every N: the first n differences are the same.
const t = Array.from({ length: LAST + 1 }, (_, n) => (n < FIRST ? undefined : new Float32Array(paths)));
const rng = createRng(5);
for (let path = 0; path < paths; path++) {
  let mean = 0;
  let squares = 0;
  for (let n = 1; n <= LAST; n++) {
    const value = rng.normal();
    const step = value - mean;
    mean += step / n;
    squares += step * (value - mean);
    if (n >= FIRST) t[n][path] = (mean * Math.sqrt(n)) / Math.sqrt(squares / (n - 1));
  }
}

/** The limit that `count` of the paths not yet crossed exceed. */
function limitFor(values, crossed, count, guess) {
  for (let floor = 0.8 * guess; ; floor /= 2) {
    const top = [];
    for (let path = 0; path < paths; path++)
      if (!crossed[path] && values[path] > floor) top.push(values[path]);
    if (top.length < count) continue;
    top.sort((a, b) => b - a);
    return (top[count - 1] + (top[count] ?? top[count - 1])) / 2;
  }
}

const board = new Scoreboard();
board.heading(`Limits recomputed from ${paths.toLocaleString('en-US')} paths`);
const rows = [];
for (let N = FIRST; N <= LAST; N++) {
  let largest = 0;
  let largestZ = 0;
  for (const [a, alpha] of ALPHAS.entries()) {
    const table = LIMITS[N].efficacy[a];
    const crossed = new Uint8Array(paths);
    const crossedTable = new Uint8Array(paths);
    let spentCount = 0;
    let tableCount = 0;
    for (let n = FIRST; n <= N; n++) {
      const allowed = alpha * (n / N) ** 1.5;
      const count = Math.round(allowed * paths) - spentCount;
      const limit = limitFor(t[n], crossed, count, table[n - FIRST]);
      for (let path = 0; path < paths; path++) {
        if (t[n][path] > limit) crossed[path] = 1;
        if (!crossedTable[path] && t[n][path] >= table[n - FIRST]) {
          crossedTable[path] = 1;
          tableCount++;
        }
      }
      spentCount += count;
      largest = Math.max(largest, Math.abs(limit / table[n - FIRST] - 1));
      const z = (tableCount / paths - allowed) / Math.sqrt((allowed * (1 - allowed)) / paths);
      if (Math.abs(z) > Math.abs(largestZ)) largestZ = z;
    }
  }
  rows.push([N, board.atMost(100 * largest, 3, 2, ' %'), board.check(largestZ, 0, 4.5, 2)]);
}
board.table(['N', 'largest difference of a limit', 'largest z of error spent'], rows);
board.finish(startedAt);
