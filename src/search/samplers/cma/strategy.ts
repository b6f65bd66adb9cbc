/**
 * CMA-ES: the covariance matrix adaptation evolution strategy (Hansen 2016, arXiv 1604.00772), with active weights.
 *
 * n: dimensions; λ: points of a generation; m: mean; σ: step size; C = B·diag(D²)·Bᵀ: covariance; p_σ, p_c: paths.
 * Points are x = m + σ·B·D·z. Points that come from elsewhere may be told too: their steps are cut (Hansen 2011,
 * "Injecting external solutions into CMA-ES").
 */
import type { Rng } from '../../../math/rng.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';

export interface Told {
  x: Float64Array;
  /** Rank decides alone; Infinity for failed ones. */
  loss: number;
}

const EIGEN_FLOOR = 1e-20;

export class Strategy {
  readonly n: number;
  readonly lambda: number;
  mean: Float64Array;
  sigma: number;
  generation = 0;
  readonly #weights: Float64Array;
  readonly #mu: number;
  readonly #rates: {
    cs: number;
    ds: number;
    cc: number;
    c1: number;
    cmu: number;
    mueff: number;
    chi: number;
  };
  readonly #covariance: Float64Array;
  readonly #ps: Float64Array;
  readonly #pc: Float64Array;
  #vectors: Float64Array;
  #scales: Float64Array;

  constructor(mean: Float64Array, sigma: number, lambda: number) {
    const n = mean.length;
    this.n = n;
    this.lambda = lambda;
    this.mean = mean;
    this.sigma = sigma;
    this.#mu = Math.floor(lambda / 2);
    this.#covariance = identity(n);
    this.#vectors = identity(n);
    this.#scales = new Float64Array(n).fill(1);
    this.#ps = new Float64Array(n);
    this.#pc = new Float64Array(n);
    const raw = Float64Array.from({ length: lambda }, (_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1));
    const effective = (from: number, to: number): number => {
      let sum = 0;
      let squares = 0;
      for (let i = from; i < to; i++) {
        sum += raw[i] as number;
        squares += (raw[i] as number) ** 2;
      }
      return squares === 0 ? 0 : sum ** 2 / squares;
    };
    const mueff = effective(0, this.#mu);
    const against = effective(this.#mu, lambda);
    const c1 = 2 / ((n + 1.3) ** 2 + mueff);
    const cmu = Math.min(1 - c1 - 1e-8, (2 * (mueff - 2 + 1 / mueff)) / ((n + 2) ** 2 + mueff));
    const cs = (mueff + 2) / (n + mueff + 5);
    const ds = 1 + 2 * Math.max(0, Math.sqrt((mueff - 1) / (n + 1)) - 1) + cs;
    const cc = (4 + mueff / n) / (n + 4 + (2 * mueff) / n);
    const chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    this.#rates = { cs, ds, cc, c1, cmu, mueff, chi };
    const least = Math.min(1 + c1 / cmu, 1 + (2 * against) / (mueff + 2), (1 - c1 - cmu) / (n * cmu));
    const positive = raw.reduce((sum, w) => sum + Math.max(0, w), 0);
    const negative = raw.reduce((sum, w) => sum + Math.max(0, -w), 0);
    this.#weights = raw.map((w) => (w >= 0 ? w / positive : (least * w) / negative));
  }

  /** Standard deviation of a coordinate. */
  spread(at: number): number {
    return this.sigma * Math.sqrt(this.#covariance[at * this.n + at] as number);
  }

  draw(stream: Rng): Float64Array {
    const step = this.#transform(Float64Array.from({ length: this.n }, () => stream.normal()));
    return this.mean.map((m, i) => m + this.sigma * (step[i] as number));
  }

  /** One generation; of fewer than λ points the missing ones count as the middle ranks. */
  tell(told: readonly Told[]): void {
    const { n } = this;
    const { cs, ds, cc, c1, cmu, mueff, chi } = this.#rates;
    const ranked = [...told].sort((a, b) => (a.loss < b.loss ? -1 : a.loss > b.loss ? 1 : 0));
    const limit = Math.sqrt(n) + (2 * n) / (n + 2);
    const steps = ranked.map(({ x }) => {
      const y = x.map((value, i) => (value - (this.mean[i] as number)) / this.sigma);
      const length = norm(this.#whiten(y));
      const cut = length > limit ? limit / length : 1;
      return { y: y.map((value) => value * cut), length: Math.min(length, limit) };
    });
    const weightOf = (rank: number): number => {
      const isUpper = rank < Math.ceil(ranked.length / 2);
      return this.#weights[isUpper ? rank : this.lambda - ranked.length + rank] as number;
    };
    const move = new Float64Array(n);
    let total = 0;
    steps.forEach(({ y }, rank) => {
      const w = Math.max(0, weightOf(rank));
      total += w;
      for (let i = 0; i < n; i++) move[i] = (move[i] as number) + w * (y[i] as number);
    });
    if (total === 0) return;
    for (let i = 0; i < n; i++) move[i] = (move[i] as number) / total;
    this.generation += 1;
    this.mean = this.mean.map((m, i) => m + this.sigma * (move[i] as number));
    const white = this.#whiten(move);
    const root = Math.sqrt(cs * (2 - cs) * mueff);
    for (let i = 0; i < n; i++)
      this.#ps[i] = (1 - cs) * (this.#ps[i] as number) + root * (white[i] as number);
    const length = norm(this.#ps);
    const isSteady =
      length / Math.sqrt(1 - (1 - cs) ** (2 * (this.generation + 1))) < (1.4 + 2 / (n + 1)) * chi;
    const path = isSteady ? Math.sqrt(cc * (2 - cc) * mueff) : 0;
    for (let i = 0; i < n; i++) this.#pc[i] = (1 - cc) * (this.#pc[i] as number) + path * (move[i] as number);
    const rates = steps.map(({ length }, rank) => {
      const w = weightOf(rank);
      return w >= 0 ? w : (w * n) / (length * length + 1e-12);
    });
    const sum = steps.reduce((all, _, rank) => all + weightOf(rank), 0);
    const lost = isSteady ? 0 : c1 * cc * (2 - cc);
    const keep = 1 + lost - c1 - cmu * sum;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let update = c1 * (this.#pc[i] as number) * (this.#pc[j] as number);
        steps.forEach(({ y }, rank) => {
          update += cmu * (rates[rank] as number) * (y[i] as number) * (y[j] as number);
        });
        const value = keep * (this.#covariance[i * n + j] as number) + update;
        this.#covariance[i * n + j] = value;
        this.#covariance[j * n + i] = value;
      }
    }
    this.sigma = Math.min(1, this.sigma * Math.exp(Math.min(1, (cs / ds) * (length / chi - 1))));
    this.#decompose();
  }

  #decompose(): void {
    const { values, vectors } = symmetricEigen(this.#covariance, this.n);
    this.#vectors = vectors;
    this.#scales = values.map((value) => Math.sqrt(Math.max(EIGEN_FLOOR, value)));
  }

  /** B·D·z. */
  #transform(z: Float64Array): Float64Array {
    const { n } = this;
    const y = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        sum += (this.#vectors[i * n + j] as number) * (this.#scales[j] as number) * (z[j] as number);
      }
      y[i] = sum;
    }
    return y;
  }

  /** C^(−½)·y. */
  #whiten(y: Float64Array): Float64Array {
    const { n } = this;
    const inner = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (this.#vectors[i * n + j] as number) * (y[i] as number);
      inner[j] = sum / (this.#scales[j] as number);
    }
    const outer = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        outer[i] = (outer[i] as number) + (this.#vectors[i * n + j] as number) * (inner[j] as number);
      }
    }
    return outer;
  }
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
