/** One training with its files: epochs, checkpoints, early stopping, resume, and what is written at the end. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { BEST, LAST, writeCheckpoint } from './checkpoint.ts';
import type { CheckpointState } from './checkpoint.ts';
import type { Dataset } from './dataset.ts';
import { advance, isExhausted, noProgress } from './early-stopping.ts';
import { trainAndValidate } from './epoch.ts';
import { Interruption } from './error.ts';
import { jsonLine, MetricsLog, progressLine } from './metrics-log.ts';
import { ModelTraining } from './model-training.ts';
import { resumeFrom } from './resume.ts';
import type { TrainerConfig } from './schema.ts';

export interface Surroundings {
  print: (line: string) => void;
  warn: (line: string) => void;
  /** Milliseconds on a clock that only goes forward. */
  now: () => number;
  /** The signal that asked the training to end, if one came. */
  interruption: () => 'SIGTERM' | 'SIGINT' | undefined;
}

export class Session {
  readonly #config: TrainerConfig;
  readonly #data: Dataset;
  readonly #out: string;
  readonly #checkpoints: string;
  readonly #model: ModelTraining;
  /** Parameters of the best epoch so far. */
  readonly #best: Float32Array;
  #epoch = 0;
  #progress = noProgress();
  #history: readonly string[] = [];
  #bestOnDisk: number | null = null;

  constructor(config: TrainerConfig, data: Dataset, out: string, checkpoints: string) {
    this.#config = config;
    this.#data = data;
    this.#out = out;
    this.#checkpoints = checkpoints;
    this.#model = new ModelTraining(config, data, config.experiment.seed);
    this.#best = Float32Array.from(this.#arrays().parameters);
  }

  /** Takes up a checkpoint: `auto`, a file or a folder. */
  resume(request: string, { print, warn }: Surroundings): void {
    const found = resumeFrom(request, this.#checkpoints, this.#config, this.#model.network.widths);
    if (found === undefined) return;
    const { file, differences, checkpoint } = found;
    for (const difference of differences) warn(`warning: ${file} was trained with another ${difference}.`);
    for (const [name, values] of Object.entries({ ...this.#arrays(), best: this.#best }))
      values.set(checkpoint.arrays[name]!);
    const { state } = checkpoint;
    this.#model.step = state.step;
    this.#epoch = state.epoch;
    this.#progress = state.progress;
    this.#history = state.metrics;
    print(`resumed from ${file} after epoch ${state.epoch}`);
  }

  async train(surroundings: Surroundings): Promise<void> {
    const { epochs, checkpoint_every } = this.#config.training;
    const log = new MetricsLog(join(this.#out, 'metrics.jsonl'), this.#history);
    while (!this.#isDone()) {
      const started = surroundings.now();
      const metrics = this.#trainEpoch();
      // Signals are only delivered while the event loop turns.
      await setImmediate();
      const interruption = surroundings.interruption();
      const logged = { ...metrics, seconds: (surroundings.now() - started) / 1000 };
      log.add(logged);
      // The checkpoint comes first: an epoch that can be read in the metrics is not trained again after a crash.
      if (this.#epoch % checkpoint_every === 0 || this.#isDone() || interruption !== undefined)
        this.#save(log.lines);
      log.flush();
      surroundings.print(progressLine(logged, epochs));
      if (interruption !== undefined && !this.#isDone()) {
        throw new Interruption(
          interruption,
          `${interruption}: stopped after epoch ${this.#epoch} of ${epochs}; --resume continues.`,
        );
      }
    }
  }

  /** Goes back to the best epoch and writes what was asked for. */
  conclude(withTest: boolean, { print }: Surroundings): void {
    const { metric } = this.#config.early_stopping;
    const { best, bestEpoch } = this.#progress;
    const status = this.#epoch >= this.#config.training.epochs ? 'finished' : 'stopped early';
    const summary = { status, epochs: this.#epoch, best: { metric, epoch: bestEpoch, value: best } };
    writeFileSync(join(this.#out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    print(
      `${status} after epoch ${this.#epoch}; best ${metric}=${best?.toFixed(4) ?? 'none'} at epoch ${bestEpoch ?? 'none'}`,
    );

    if (bestEpoch !== null) this.#arrays().parameters.set(this.#best);
    if (this.#config.evaluation.predictions) this.#writePredictions();
    if (!withTest) return;
    const { loss, accuracy } = this.#model.evaluate(this.#data.test);
    writeFileSync(join(this.#out, 'test_metrics.json'), jsonLine({ test_loss: loss, test_acc: accuracy }));
    print(`test_loss=${loss.toFixed(4)} test_acc=${accuracy.toFixed(4)}`);
  }

  #trainEpoch() {
    const metrics = trainAndValidate(this.#model, this.#data, this.#epoch + 1);
    const { early_stopping } = this.#config;
    this.#epoch = metrics.epoch;
    this.#progress = advance(this.#progress, early_stopping, metrics[early_stopping.metric], metrics.epoch);
    if (this.#progress.bestEpoch === this.#epoch) this.#best.set(this.#arrays().parameters);
    return metrics;
  }

  #isDone(): boolean {
    return (
      this.#epoch >= this.#config.training.epochs || isExhausted(this.#progress, this.#config.early_stopping)
    );
  }

  #save(metrics: string[]): void {
    const state: CheckpointState = {
      seed: this.#config.experiment.seed,
      widths: this.#model.network.widths,
      epoch: this.#epoch,
      step: this.#model.step,
      progress: this.#progress,
      metrics,
      config: this.#config,
    };
    const { bestEpoch } = this.#progress;
    if (bestEpoch !== null && bestEpoch !== this.#bestOnDisk) {
      const bestState = { ...state, epoch: bestEpoch, metrics: metrics.slice(0, bestEpoch) };
      writeCheckpoint(join(this.#checkpoints, BEST), {
        state: bestState,
        arrays: { parameters: this.#best },
      });
      this.#bestOnDisk = bestEpoch;
    }
    writeCheckpoint(join(this.#checkpoints, LAST), {
      state,
      arrays: { ...this.#arrays(), best: this.#best },
    });
  }

  #writePredictions(): void {
    const { val } = this.#data;
    const { predictions } = this.#model.evaluate(val);
    const lines = Array.from(predictions, (prediction, i) =>
      jsonLine({ id: val.first + i, label: val.labels[i]!, prediction }),
    );
    writeFileSync(join(this.#out, 'predictions.jsonl'), lines.join(''));
  }

  #arrays() {
    const { arena, parameters, moments } = this.#model.network;
    const [moment1, moment2] = moments;
    return {
      parameters: arena.floats(parameters),
      moment1: arena.floats(moment1),
      moment2: arena.floats(moment2),
    };
  }
}
