/**
 * Minimum of a smooth function in a box: L-BFGS directions over the variables that are not held at a bound by their
 * gradient, projected backtracking (Armijo). Nocedal & Wright 2006, 7.2; Bertsekas 1982 for the projection.
 *
 * x, gradient: [d]; s, y: the last `MEMORY` steps and gradient differences.
 */
export interface Objective {
  /** The value at x; writes the gradient. Infinity where x is outside the function's domain. */
  (x: Float64Array, gradient: Float64Array): number;
}

export interface Box {
  readonly low: number;
  readonly high: number;
}

/** What is known of the curvature: steps and how the gradient changed along them, the last ones. */
export interface Curvature {
  readonly steps: readonly Float64Array[];
  readonly changes: readonly Float64Array[];
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly curvature: Curvature;
}

const MEMORY = 8;
const ARMIJO = 1e-4;
const HALVINGS = 20;

export function minimize(
  objective: Objective,
  start: ArrayLike<number>,
  box: Box,
  limits: { readonly iterations: number; readonly gradient: number; readonly gain?: number },
  known: Curvature = { steps: [], changes: [] },
): Minimum {
  const d = start.length;
  const clamp = (value: number): number => Math.max(box.low, Math.min(box.high, value));
  let x: Float64Array = Float64Array.from(start, clamp);
  let gradient: Float64Array = new Float64Array(d);
  let value = objective(x, gradient);
  const steps = [...known.steps];
  const changes = [...known.changes];
  for (let iteration = 0; iteration < limits.iterations; iteration++) {
    const held = x.map((xi, i) =>
      (xi <= box.low && (gradient[i] as number) > 0) || (xi >= box.high && (gradient[i] as number) < 0)
        ? 1
        : 0,
    );
    const free = gradient.map((g, i) => (held[i] ? 0 : g));
    if (free.every((g) => Math.abs(g) <= limits.gradient)) break;
    let direction = twoLoop(free, steps, changes).map((g, i) => (held[i] ? 0 : -g));
    let slope = inner(direction, free);
    if (!(slope < 0)) {
      steps.length = 0;
      changes.length = 0;
      direction = free.map((g) => -g);
      slope = inner(direction, free);
    }
    // The first step has no curvature to go by: at most one unit.
    let scale = steps.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(-slope));
    let next: Float64Array | undefined;
    const nextGradient = new Float64Array(d);
    let nextValue = Infinity;
    for (let halving = 0; halving < HALVINGS; halving++, scale /= 2) {
      const trial = x.map((xi, i) => clamp(xi + scale * (direction[i] as number)));
      nextValue = objective(trial, nextGradient);
      if (nextValue <= value + ARMIJO * scale * slope) {
        next = trial;
        break;
      }
    }
    if (!next) {
      if (steps.length === 0) break;
      steps.length = 0;
      changes.length = 0;
      continue;
    }
    const from = x;
    const before = gradient;
    const step = next.map((xi, i) => xi - (from[i] as number));
    const change = nextGradient.map((g, i) => g - (before[i] as number));
    if (inner(step, change) > 1e-12 * inner(change, change)) {
      steps.push(step);
      changes.push(change);
      if (steps.length > MEMORY) {
        steps.shift();
        changes.shift();
      }
    }
    const gain = value - nextValue;
    x = next;
    gradient = nextGradient;
    value = nextValue;
    if (gain < (limits.gain ?? 1e-9 * (1 + Math.abs(value)))) break;
  }
  return { x, value, curvature: { steps, changes } };
}

/** The inverse Hessian's approximation times the gradient. */
function twoLoop(
  gradient: Float64Array,
  steps: readonly Float64Array[],
  changes: readonly Float64Array[],
): Float64Array {
  const q = Float64Array.from(gradient);
  const alphas: number[] = [];
  for (let k = steps.length - 1; k >= 0; k--) {
    const s = steps[k] as Float64Array;
    const y = changes[k] as Float64Array;
    const alpha = inner(s, q) / inner(s, y);
    alphas[k] = alpha;
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * (y[i] as number);
  }
  const lastStep = steps.at(-1);
  const lastChange = changes.at(-1);
  if (lastStep && lastChange) {
    const gamma = inner(lastStep, lastChange) / inner(lastChange, lastChange);
    for (let i = 0; i < q.length; i++) q[i]! *= gamma;
  }
  for (let k = 0; k < steps.length; k++) {
    const s = steps[k] as Float64Array;
    const y = changes[k] as Float64Array;
    const beta = inner(y, q) / inner(s, y);
    for (let i = 0; i < q.length; i++) q[i]! += ((alphas[k] as number) - beta) * (s[i] as number);
  }
  return q;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
