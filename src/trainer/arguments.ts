import { parseArgs } from 'node:util';
import { InputError, messageOf } from './error.ts';

export interface Arguments {
  config: string;
  out: string;
  seed: number | undefined;
  checkpoints: string | undefined;
  resume: string | undefined;
  epochs: number | undefined;
  test: boolean;
}

export const HELP = `Usage: pawl-train --config FILE --out DIR [options]

Trains a small neural network on images of one channel, on the CPU, reproducibly: equal config, data and seed give
equal weights, bit by bit.

Options:
  --config FILE      YAML or JSON config (required)
  --out DIR          folder for metrics.jsonl, hparams.yaml, summary.json (required; made when absent)
  --seed N           random seed; default: experiment.seed of the config, else 0
  --checkpoints DIR  folder for last.ckpt and best.ckpt; default: DIR/checkpoints in --out
  --resume auto|PATH continue from a checkpoint: 'auto' takes last.ckpt of the checkpoints folder where there is one
                     and starts afresh where there is none; PATH is a checkpoint or its folder
  --epochs N         number of epochs, instead of training.epochs
  --test             at the end, evaluate the best epoch on the test split (test_metrics.json)
  -h, --help         this text

Files in --out:
  metrics.jsonl      one line per epoch: epoch, train_loss, train_acc, val_loss, val_acc, lr, grad_norm, seconds
  hparams.yaml       the config as it was understood, defaults included
  predictions.jsonl  with evaluation.predictions: id, label and prediction of each validation example
  summary.json       how it ended and the best epoch

Exit codes: 0 done, 1 failure, 2 bad arguments, config or data, 130 and 143 interrupted (SIGINT, SIGTERM) after
the running epoch, with its checkpoint written.
`;

/** Undefined when help was asked for. */
export function parseArguments(argv: readonly string[]): Arguments | undefined {
  const values = parse(argv);
  if (values.help === true) return undefined;
  const { config, out, checkpoints, resume } = values;
  if (config === undefined) throw new InputError('--config FILE is required; see pawl-train --help.');
  if (out === undefined) throw new InputError('--out DIR is required; see pawl-train --help.');
  return {
    config,
    out,
    checkpoints,
    resume,
    seed: wholeNumber('--seed', values.seed, 0),
    epochs: wholeNumber('--epochs', values.epochs, 1),
    test: values.test === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        config: { type: 'string' },
        out: { type: 'string' },
        seed: { type: 'string' },
        checkpoints: { type: 'string' },
        resume: { type: 'string' },
        epochs: { type: 'string' },
        test: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    throw new InputError(`${messageOf(error)}\nSee pawl-train --help.`);
  }
}

function wholeNumber(option: string, given: string | undefined, min: number): number | undefined {
  if (given === undefined) return undefined;
  const value = /^\d+$/u.test(given) ? Number(given) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < min) {
    throw new InputError(
      `${option} must be a whole number of at least ${min}. Got ${JSON.stringify(given)} instead.`,
    );
  }
  return value;
}
