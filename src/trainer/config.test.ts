import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { InputError } from './error.ts';
import { effectiveConfig } from './hparams.ts';

const DATA = 'data: { images: i.gz, labels: l.gz }\n';

function refusal(source: string): string {
  try {
    parseConfig(source, 'c.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('absent keys take their defaults, sections may be empty', () => {
  const { config, warnings } = parseConfig(`${DATA}model:\n  dropout: 0.3\naugmentation:\n`, 'c.yaml');
  expect(warnings).toEqual([]);
  expect(config.model).toEqual({
    architecture: 'mlp',
    hidden: [128],
    activation: 'relu',
    dropout: 0.3,
    init: 'he',
    init_scale: 1,
  });
  expect(config.data.train_samples).toBeNull();
  expect(config.augmentation).toEqual({ enabled: true, shift: 0, noise: 0 });
});

test('JSON is read too', () => {
  const { config } = parseConfig(
    '{"data": {"images": "i", "labels": "l"}, "optimizer": {"name": "sgd"}}',
    'c.json',
  );
  expect(config.optimizer.name).toBe('sgd');
});

test('unknown keys and sections warn with their line', () => {
  const { warnings } = parseConfig(`${DATA}model:\n  drop_out: 0.3\nregularization:\n  mixup: 1\n`, 'c.yaml');
  expect(warnings).toEqual([
    "c.yaml:4: unknown section 'regularization' is ignored.",
    "c.yaml:3: unknown key 'model.drop_out' is ignored.",
  ]);
});

describe('wrong values are refused with their place', () => {
  test.each([
    ['model: { dropout: 1 }', "c.yaml:2: 'model.dropout' must be a number in [0, 1). Got 1 instead."],
    ['model: { dropout: "0.4" }', `c.yaml:2: 'model.dropout' must be a number in [0, 1). Got "0.4" instead.`],
    [
      'training: { epochs: 2.5 }',
      "c.yaml:2: 'training.epochs' must be a whole number in [1, inf). Got 2.5 instead.",
    ],
    [
      'model: { hidden: 128 }',
      "c.yaml:2: 'model.hidden' must be a list, each a whole number in [1, 8192]. Got 128 instead.",
    ],
    [
      'optimizer: { betas: [0.9] }',
      "c.yaml:2: 'optimizer.betas' must be a list of 2, each a number in [0, 1). Got [0.9] instead.",
    ],
    [
      'optimizer: { name: lion }',
      `c.yaml:2: 'optimizer.name' must be one of adamw, sgd. Got "lion" instead.`,
    ],
    [
      'optimizer: { learning_rate: .nan }',
      "c.yaml:2: 'optimizer.learning_rate' must be a number in (0, inf). Got NaN instead.",
    ],
    [
      'early_stopping: { enabled: 1 }',
      "c.yaml:2: 'early_stopping.enabled' must be true or false. Got 1 instead.",
    ],
    [
      'training: { gradient_clip: 0 }',
      "c.yaml:2: 'training.gradient_clip' must be a number in (0, inf), or null. Got 0 instead.",
    ],
    ['model: [1]', "c.yaml:2: 'model' must be a mapping of keys. Got [1] instead."],
  ])('%s', (line, message) => {
    expect(refusal(`${DATA}${line}\n`)).toBe(message);
  });

  test('all at once', () => {
    expect(refusal('training:\n  epochs: 0\n  batch_size: many\n').split('\n')).toEqual([
      "c.yaml:1: 'data.images' is required (text).",
      "c.yaml:1: 'data.labels' is required (text).",
      "c.yaml:2: 'training.epochs' must be a whole number in [1, inf). Got 0 instead.",
      `c.yaml:3: 'training.batch_size' must be a whole number in [1, inf). Got "many" instead.`,
    ]);
  });

  test.each(['', '[1, 2]', 'just text', 'a: {', 'a: 1\na: 2'])('no mapping: %j', (source) => {
    expect(refusal(source)).toMatch(/^c\.yaml: /u);
  });
});

test('the effective config reads back, and YAML 1.1 readers see numbers as numbers', () => {
  const { config } = parseConfig(`${DATA}optimizer: { eps: 1.0e-9, learning_rate: 0.00000025 }\n`, 'c.yaml');
  const text = effectiveConfig(config);
  expect(text).toContain('  eps: 1.0e-9\n');
  expect(text).toContain('  learning_rate: 2.5e-7\n');
  expect(parseConfig(text, 'hparams.yaml')).toEqual({ config, warnings: [] });
});
