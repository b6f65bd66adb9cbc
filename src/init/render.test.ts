import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkProject } from './check.ts';
import { proposeFrom } from './fixtures/propose-from.ts';
import { renderProject, scalar } from './render.ts';
import type { Proposal } from './proposal.ts';

const SCHEMA = 'node_modules/pawl/schema/pawl.schema.json';
const proposal = (over: Partial<Proposal['settings']> = {}, rest: Partial<Proposal> = {}): Proposal => ({
  settings: { train: 'python train.py {config}', baseline: { config: 'c.yaml' }, metric: 'val_acc', ...over },
  stack: null,
  guesses: [],
  missing: [],
  isComplete: true,
  derived: null,
  resume: null,
  ...rest,
});

describe('scalar', () => {
  it.each([
    ['val_acc', 'val_acc'],
    ['metrics/mAP50-95', 'metrics/mAP50-95'],
    ['80%', '80%'],
    ['no', '"no"'],
    ['1e-4', '"1e-4"'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['{config}', '"{config}"'],
    ['*a', '"*a"'],
    ['x\ny', '"x\\ny"'],
    ['x\u0085y\u2028', '"x\\u0085y\\u2028"'],
    ['', '""'],
    [' a', '" a"'],
  ])('%j is written %s', (value, text) => expect(scalar(value)).toBe(text));

  it('reads back as itself, in YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
        const text = `key: ${scalar(value)}\nother: 1\n`;
        for (const version of ['1.1', '1.2'] as const)
          expect(parse(text, { version })).toEqual({ key: value, other: 1 });
      }),
      { numRuns: 500 },
    );
  });
});

describe('renderProject', () => {
  it('reads back as what is proposed, whatever the texts hold', async () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        'x\nshell: true',
        "a'\n  - b",
        '"',
        '---\n...',
        '# c\ntrain: rm',
        '|-\n x',
        '\u2028shell: true',
        '"a b" \'c\'',
      ),
    );
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, nasty, async (train, config, metric, why) => {
        const made = proposal(
          { train, baseline: { config, results: why }, metric, environment: { A: why } },
          {
            guesses: [{ key: 'train', value: train, why, alternatives: [why] }],
            missing: [{ key: 'metric', message: why, write: why }],
            resume: why,
          },
        );
        const text = renderProject(made, SCHEMA);
        await checkProject(text, made.settings);
      }),
      { numRuns: 300 },
    );
  });

  it('explains each line', () => {
    const text = renderProject(
      proposal(
        { target: '80%' },
        {
          guesses: [{ key: 'metric', value: 'val_acc', why: 'its log', alternatives: [] }],
          resume: '--resume {checkpoints}/last.pt',
        },
      ),
      SCHEMA,
    );
    expect(text).toBe(`# yaml-language-server: $schema=node_modules/pawl/schema/pawl.schema.json
# Proposed by \`pawl init\` from what lies in this folder: please check each line.

# How a training is started: Pawl fills in {config}, {output}, {seed} and {checkpoints}. No shell is involved.
train: python train.py {config}
# Arguments that continue an interrupted run; without them it starts again.
# resume: --resume {checkpoints}/last.pt

baseline:
  # The baseline's config: the recommended changes are applied to a copy of it.
  config: c.yaml
  # An existing run of it to compare with; without this line Pawl trains the baseline.
  # results:

# The validation metric that decides, as the training logs it.
# Found: its log.
metric: val_acc

# The value to reach; the diagnostic report may state it too.
target: 80%

# At most so many trainings, baseline and optimized together, and so many hours.
# budget: { runs: 12, hours: 8 }
`);
  });

  it('keeps hostile names of scanned files inside their lines', async () => {
    const found = await proposeFrom({
      'train.py':
        'import argparse\np = argparse.ArgumentParser()\np.add_argument("--config", help="x\\nshell: true")\np.add_argument("--out")\nprint("val_acc\\nmetric: evil: {x}")\nloss.backward()\n',
      'a: b #c.yaml': 'epochs: 1\nlr: 0.1\nmonitor: "val_f1\\nshell: true"\n',
      'README.md': '```\npython train.py --config "a: b #c.yaml" --out "$(touch evil)"\n```\n',
    });
    const text = renderProject(found as Proposal, SCHEMA);
    await checkProject(text, (found as Proposal).settings);
    expect(parse(text)).toEqual({
      train: 'python train.py --config {config} --out {output}',
      baseline: { config: 'a: b #c.yaml' },
      metric: (found as Proposal).settings.metric,
    });
  });
});
