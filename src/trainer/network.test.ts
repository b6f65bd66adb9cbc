import { describe, expect, test } from 'vitest';
import { Arena } from './arena.ts';
import { initialize } from './initialization.ts';
import { crossEntropy } from './loss.ts';
import { Network } from './network.ts';
import { gradientNorm } from './optimizer.ts';
import { createRng } from './rng.ts';
import type { TrainerConfig } from './schema.ts';

const ROWS = 6;

/** A network with a batch of random sparse rows at its input, and its loss as a function. */
function setUp(
  widths: number[],
  activation: TrainerConfig['model']['activation'],
  smoothing = 0,
  dropoutRate = 0,
) {
  const network = new Network(new Arena(), widths, activation, ROWS);
  const model = { init: 'he', init_scale: 1 } as TrainerConfig['model'];
  initialize(network, model, 3);
  const parameters = network.arena.floats(network.parameters);
  const rng = createRng(5, 'noise');
  for (const { bias, outputs } of network.layers) {
    for (let j = 0; j < outputs; j++) parameters[bias + j] = 0.1 * rng.normal();
  }
  fillInput(
    network,
    Array.from({ length: ROWS }, () =>
      Array.from({ length: widths[0]! }, () => (rng.uniform() < 0.4 ? 0 : rng.normal())),
    ),
  );
  const labels = Uint8Array.from({ length: ROWS }, () => rng.below(widths.at(-1)!));
  const { outputs: classes, stride } = network.layers.at(-1)!;
  const loss = (withGradient: boolean): number => {
    const dropout = { rate: dropoutRate, rng: createRng(9, 'dropout') };
    const values = network.forward(ROWS, dropout);
    const delta = withGradient ? network.outputDelta : undefined;
    const result = crossEntropy({ values, rows: ROWS, classes, stride }, labels, smoothing, delta);
    if (withGradient) network.backward(ROWS);
    return result.loss / ROWS;
  };
  return { network, parameters, loss };
}

function fillInput({ input }: Network, rows: number[][]): void {
  const { indices, values } = input.open();
  let at = 0;
  rows.forEach((row, r) => {
    input.start[r] = at;
    row.forEach((value, column) => {
      if (value === 0) return;
      indices[at] = column;
      values[at++] = value;
    });
  });
  input.start[rows.length] = at;
}

describe('gradients agree with finite differences', () => {
  const cases = [
    { name: 'softmax regression', widths: [7, 3], activation: 'relu', smoothing: 0, dropout: 0 },
    { name: 'one tanh layer', widths: [7, 6, 3], activation: 'tanh', smoothing: 0, dropout: 0 },
    {
      name: 'two sigmoid layers, odd widths',
      widths: [5, 9, 7, 4],
      activation: 'sigmoid',
      smoothing: 0.1,
      dropout: 0,
    },
    {
      name: 'tanh with dropout and smoothing',
      widths: [7, 10, 5, 3],
      activation: 'tanh',
      smoothing: 0.2,
      dropout: 0.5,
    },
    { name: 'relu', widths: [8, 12, 3], activation: 'relu', smoothing: 0, dropout: 0.3 },
  ] as const;

  test.each(cases)('$name', ({ widths, activation, smoothing, dropout }) => {
    const { network, parameters, loss } = setUp([...widths], activation, smoothing, dropout);
    loss(true);
    const gradients = Float32Array.from(network.arena.floats(network.gradients));
    const step = 2 ** -9;
    const errors: number[] = [];
    for (const { inputs, outputs, stride, weights, bias } of network.layers) {
      for (let i = 0; i < (inputs + 1) * outputs; i++) {
        const k = Math.floor(i / outputs);
        const at = (k < inputs ? weights + k * stride : bias) + (i % outputs);
        const value = parameters[at]!;
        parameters[at] = value + step;
        const above = loss(false);
        parameters[at] = value - step;
        const below = loss(false);
        parameters[at] = value;
        errors.push(Math.abs((above - below) / (2 * step) - gradients[at]!));
      }
    }
    // Single precision leaves about 1e-7 / step; a unit that crosses ReLU's corner may leave more.
    expect(errors.filter((error) => error > 3e-4).length).toBeLessThanOrEqual(
      activation === 'relu' ? errors.length * 0.02 : 0,
    );
    expect(gradientNorm(network)).toBeCloseTo(Math.hypot(...gradients), 5);
  });
});

test('padding stays zero', () => {
  const { network, loss } = setUp([5, 6, 3], 'sigmoid');
  loss(true);
  const gradients = network.arena.floats(network.gradients);
  for (const { inputs, outputs, stride, weights } of network.layers) {
    for (let k = 0; k <= inputs; k++) {
      for (let j = outputs; j < stride; j++) expect(gradients[weights + k * stride + j]).toBe(0);
    }
  }
});

test('dropout silences its share of units and keeps the mean', () => {
  const width = 4096;
  const network = new Network(new Arena(), [1, width, 2], 'sigmoid', ROWS);
  fillInput(
    network,
    Array.from({ length: ROWS }, () => [1]),
  );
  const parameters = network.arena.floats(network.parameters);
  const [hidden, output] = network.layers as [(typeof network.layers)[0], (typeof network.layers)[0]];
  // Hidden units are all σ(0) = ½; one output counts those that are left, times 2 / width.
  for (let k = 0; k < width; k++) parameters[output.weights + k * output.stride] = 2 / width;
  expect(hidden.outputs).toBe(width);
  expect(network.forward(ROWS)[0]).toBeCloseTo(1, 5);
  const logits = network.forward(ROWS, { rate: 0.3, rng: createRng(1, 'dropout') });
  const means = Array.from({ length: ROWS }, (_, row) => logits[row * output.stride]!);
  // Standard error of a row: √(0.3 / 0.7 / width) ≈ 0.01.
  for (const mean of means) expect(Math.abs(mean - 1)).toBeLessThan(0.05);
  expect(new Set(means).size).toBe(ROWS);
});
