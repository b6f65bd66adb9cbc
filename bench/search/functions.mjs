// Known functions to minimize, each with its search space as Pawl reads it and its least value.
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const HARTMANN_C = [1, 1.2, 3, 3.2];

const uniform = (low, high) => ({ type: 'uniform', low, high });
const repeat = (count, make) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, make(index)]));
const vector = (params) => Object.values(params).map(Number);

export const FUNCTIONS = [
  {
    name: 'branin',
    least: 0.397887,
    space: { x0: uniform(-5, 10), x1: uniform(0, 15) },
    value: ({ x0, x1 }) =>
      (x1 - (5.1 / (4 * Math.PI ** 2)) * x0 ** 2 + (5 / Math.PI) * x0 - 6) ** 2 +
      10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x0) +
      10,
  },
  {
    name: 'hartmann6',
    least: -3.32237,
    space: repeat(6, () => uniform(0, 1)),
    value: (params) => {
      const x = vector(params);
      return -HARTMANN_C.reduce((sum, c, row) => {
        const distance = x.reduce((d, xi, j) => d + HARTMANN_A[row][j] * (xi - HARTMANN_P[row][j]) ** 2, 0);
        return sum + c * Math.exp(-distance);
      }, 0);
    },
  },
  {
    name: 'rastrigin-log4',
    least: 0,
    space: repeat(4, () => ({ type: 'loguniform', low: 1e-5, high: 1 })),
    value: (params) =>
      vector(params).reduce((sum, x) => {
        const z = Math.log10(x) + 3;
        return sum + z * z + 2 * (1 - Math.cos(2 * Math.PI * z));
      }, 0),
  },
  {
    name: 'ackley5',
    least: 0,
    space: repeat(5, () => uniform(-20, 32)),
    value: (params) => {
      const x = vector(params);
      const square = x.reduce((sum, xi) => sum + xi * xi, 0) / x.length;
      const wave = x.reduce((sum, xi) => sum + Math.cos(2 * Math.PI * xi), 0) / x.length;
      return -20 * Math.exp(-0.2 * Math.sqrt(square)) - Math.exp(wave) + 20 + Math.E;
    },
  },
  {
    name: 'rosenbrock4',
    least: 0,
    space: repeat(4, () => uniform(-2, 2)),
    value: (params) => {
      const x = vector(params);
      let sum = 0;
      for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
      return Math.log1p(sum);
    },
  },
  {
    name: 'training8',
    least: 0,
    space: {
      lr: { type: 'loguniform', low: 1e-5, high: 1 },
      decay: { type: 'loguniform', low: 1e-6, high: 1e-1 },
      momentum: uniform(0, 0.99),
      dropout: { type: 'uniform', low: 0, high: 0.8, step: 0.05 },
      layers: { type: 'int', low: 1, high: 8 },
      units: { type: 'logint', low: 16, high: 1024 },
      optimizer: { type: 'categorical', choices: ['sgd', 'adam', 'rmsprop', 'lion'] },
      activation: { type: 'categorical', choices: ['relu', 'gelu', 'tanh'] },
    },
    value: (p) => {
      const best = { sgd: -1, adam: -3, rmsprop: -3.3, lion: -3.8 }[p.optimizer];
      return (
        0.6 * (Math.log10(p.lr) - best) ** 2 +
        0.1 * (Math.log10(p.decay) + 3 + 0.4 * (p.dropout - 0.3)) ** 2 +
        (p.momentum - 0.9) ** 2 +
        (p.dropout - 0.3) ** 2 +
        0.02 * (p.layers - 4) ** 2 +
        0.05 * (Math.log2(p.units) - 8) ** 2 +
        { sgd: 0.2, adam: 0, rmsprop: 0.15, lion: 0.05 }[p.optimizer] +
        { relu: 0.05, gelu: 0, tanh: 0.3 }[p.activation]
      );
    },
  },
  {
    name: 'discrete6',
    least: 0,
    space: {
      batch: [16, 32, 64, 128, 256],
      depth: { type: 'int', low: 1, high: 12 },
      width: { type: 'int', low: 32, high: 512, step: 32 },
      kernel: { type: 'categorical', choices: ['3', '5', '7'] },
      norm: { type: 'categorical', choices: ['batch', 'layer', 'none'] },
      heads: { type: 'int', low: 1, high: 16 },
    },
    value: (p) =>
      (Math.log2(p.batch) - 6) ** 2 / 10 +
      (p.depth - 7) ** 2 / 30 +
      (p.width / 32 - 9) ** 2 / 60 +
      (p.heads - 6) ** 2 / 50 +
      { 3: 0, 5: 0.3, 7: 0.6 }[p.kernel] +
      { batch: 0.1, layer: 0, none: 0.5 }[p.norm],
  },
  {
    name: 'conditional5',
    least: 0,
    space: {
      optimizer: ['adam', 'sgd'],
      adam_lr: { type: 'loguniform', low: 1e-5, high: 1e-1, if: { optimizer: 'adam' } },
      beta: { type: 'uniform', low: 0.5, high: 0.999, if: { optimizer: 'adam' } },
      sgd_lr: { type: 'loguniform', low: 1e-4, high: 1, if: { optimizer: 'sgd' } },
      momentum: { type: 'uniform', low: 0, high: 0.99, if: { optimizer: 'sgd' } },
    },
    value: (p) =>
      p.optimizer === 'adam'
        ? 0.1 + 0.5 * (Math.log10(p.adam_lr) + 3) ** 2 + 4 * (p.beta - 0.9) ** 2
        : 0.5 * (Math.log10(p.sgd_lr) + 1.5) ** 2 + 2 * (p.momentum - 0.8) ** 2,
  },
];
