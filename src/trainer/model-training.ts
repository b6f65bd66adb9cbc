/** One network in training: an epoch over the training split, and evaluation of any split. No files, no clock. */
import { Arena } from './arena.ts';
import { writeImage } from './augmentation.ts';
import type { Augmentation } from './augmentation.ts';
import type { Dataset, Split } from './dataset.ts';
import { initialize } from './initialization.ts';
import { crossEntropy } from './loss.ts';
import type { BatchLoss } from './loss.ts';
import { Network } from './network.ts';
import { clipFactor, gradientNorm, update } from './optimizer.ts';
import { createRng, shuffle } from './rng.ts';
import { learningRate } from './schedule.ts';
import type { TrainerConfig } from './schema.ts';

export interface EpochResult {
  /** Means over the epoch's batches as they were trained on (with dropout, augmentation and noisy labels). */
  loss: number;
  accuracy: number;
  /** Learning rate of the last step. */
  rate: number;
  /** Mean and maximum over the steps of the gradient's global norm, before clipping. */
  gradientNorm: number;
  maxGradientNorm: number;
}

export interface Evaluation {
  loss: number;
  accuracy: number;
  predictions: Uint8Array;
}

/** Evaluation takes at least this many rows at a time, however small the training batches are. */
const EVALUATION_ROWS = 32;

export class ModelTraining {
  readonly network: Network;
  /** Optimizer steps so far. */
  step = 0;
  readonly #config: TrainerConfig;
  readonly #data: Dataset;
  readonly #seed: number;
  readonly #labels: Uint8Array;

  constructor(config: TrainerConfig, data: Dataset, seed: number) {
    this.#config = config;
    this.#data = data;
    this.#seed = seed;
    const widths = [data.side * data.side, ...config.model.hidden, data.classes];
    const capacity = Math.max(
      EVALUATION_ROWS,
      Math.min(config.training.batch_size, data.train.labels.length),
    );
    this.network = new Network(new Arena(), widths, config.model.activation, capacity);
    this.#labels = new Uint8Array(capacity);
    initialize(this.network, config.model, seed);
  }

  /** Trains on every training example once. `epoch` counts from 0. */
  trainEpoch(epoch: number): EpochResult {
    const { train } = this.#data;
    const { batch_size } = this.#config.training;
    const n = train.labels.length;
    const order = Int32Array.from({ length: n }, (_, i) => i);
    shuffle(order, createRng(this.#seed, 'shuffle', epoch));
    const dropout = { rate: this.#config.model.dropout, rng: createRng(this.#seed, 'dropout', epoch) };
    const augmentation = this.#augmentation(epoch);

    const total = { loss: 0, correct: 0, norm: 0, maxNorm: 0, rate: 0 };
    const steps = Math.ceil(n / batch_size);
    for (let i = 0; i < steps; i++) {
      const rows = Math.min(batch_size, n - i * batch_size);
      this.#load(train, order.subarray(i * batch_size, i * batch_size + rows), augmentation);
      const { loss, correct } = this.#lossAndGradient(rows, dropout);
      const norm = gradientNorm(this.network);
      total.rate = this.#update(epoch, (i + 1) / steps, norm);
      total.loss += loss;
      total.correct += correct;
      total.norm += norm;
      total.maxNorm = Math.max(total.maxNorm, norm);
    }
    return {
      loss: total.loss / n,
      accuracy: total.correct / n,
      rate: total.rate,
      gradientNorm: total.norm / steps,
      maxGradientNorm: total.maxNorm,
    };
  }

  /** Loss without smoothing, accuracy and predictions, without dropout and augmentation. */
  evaluate(split: Split): Evaluation {
    const { network } = this;
    const n = split.labels.length;
    const predictions = new Uint8Array(n);
    const total: BatchLoss = { loss: 0, correct: 0 };
    for (let offset = 0; offset < n; offset += network.capacity) {
      const rows = Math.min(network.capacity, n - offset);
      this.#load(
        split,
        Int32Array.from({ length: rows }, (_, i) => offset + i),
      );
      const logits = this.#logits(network.forward(rows), rows);
      const { loss, correct } = crossEntropy(logits, this.#labels, 0, undefined, {
        into: predictions,
        offset,
      });
      total.loss += loss;
      total.correct += correct;
    }
    return { loss: total.loss / n, accuracy: total.correct / n, predictions };
  }

  #augmentation(epoch: number): Augmentation | undefined {
    const { enabled, shift, noise } = this.#config.augmentation;
    if (!enabled || (shift === 0 && noise === 0)) return undefined;
    return {
      shift,
      shiftRng: createRng(this.#seed, 'shift', epoch),
      noise,
      noiseRng: createRng(this.#seed, 'noise', epoch),
    };
  }

  #load(split: Split, examples: Int32Array, augmentation?: Augmentation): void {
    const { input } = this.network;
    const sink = input.open();
    let at = 0;
    for (let row = 0; row < examples.length; row++) {
      const example = examples[row]!;
      this.#labels[row] = split.labels[example]!;
      input.start[row] = at;
      at = writeImage(split.images, example, sink, at, augmentation);
    }
    input.start[examples.length] = at;
  }

  #logits(values: Float32Array, rows: number) {
    const { outputs, stride } = this.network.layers.at(-1)!;
    return { values, rows, classes: outputs, stride };
  }

  #lossAndGradient(rows: number, dropout: { rate: number; rng: ReturnType<typeof createRng> }): BatchLoss {
    const { network } = this;
    const logits = this.#logits(network.forward(rows, dropout), rows);
    const result = crossEntropy(
      logits,
      this.#labels,
      this.#config.training.label_smoothing,
      network.outputDelta,
    );
    network.backward(rows);
    return result;
  }

  #update(epoch: number, progress: number, norm: number): number {
    const { training, optimizer, lr_scheduler } = this.#config;
    this.step++;
    const rate = learningRate(optimizer.learning_rate, lr_scheduler, training.epochs, epoch, progress);
    update(this.network, optimizer, rate, this.step, clipFactor(norm, training.gradient_clip));
    return rate;
  }
}
