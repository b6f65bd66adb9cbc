import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/document.ts';
import { diagnoseRuns, type CurveDiagnosis } from '../diagnose.ts';
import { CURVES, type CurveName } from '../rules/fixtures/cases.ts';
import { curveOf } from '../rules/fixtures/curves.ts';
import type { TriedChange } from './tried.ts';

const YAML = `
model: { hidden: [256], dropout: 0.0 }
training: { epochs: 10, batch_size: 32, gradient_clip: null }
optimizer: { name: adamw, learning_rate: 0.05, weight_decay: 0.0 }
lr_scheduler: { name: none, warmup_epochs: 0 }
early_stopping: { enabled: true, patience: 2 }
augmentation: { shift: 0 }
`;

async function diagnose(
  curve: CurveName,
  target: number | null,
  config = YAML,
  tried: readonly TriedChange[] = [],
  file = 'c.yaml',
): Promise<CurveDiagnosis> {
  const document = await parseConfig(config, file);
  return diagnoseRuns({
    runs: [{ label: 'run', seed: 1, curve: curveOf(CURVES[curve]) }],
    config: document,
    target: target === null ? null : () => target,
    tried,
  });
}

const steps = ({ recommendations }: CurveDiagnosis): string[] =>
  recommendations.flatMap(({ changes }) =>
    changes.map(({ path, from, to }) => `${path} ${JSON.stringify(from)} → ${JSON.stringify(to)}`),
  );

describe('recommend', () => {
  it('brings a learning rate far off back to what is usual', async () => {
    expect(steps(await diagnose('jumping', 80))).toEqual([
      'optimizer.learning_rate 0.05 → 0.001',
      'training.gradient_clip null → 1',
      'lr_scheduler.warmup_epochs 0 → 1',
      'lr_scheduler.name "none" → "cosine"',
      'early_stopping.patience 2 → 10',
    ]);
  });

  it('regularizes what overfits, by the keys that the config has', async () => {
    expect(steps(await diagnose('overfitted', 90))).toEqual(
      expect.arrayContaining([
        'augmentation.shift 0 → 2',
        'model.dropout 0 → 0.3',
        'optimizer.weight_decay 0 → 0.01',
      ]),
    );
  });

  it('knows the same settings by other names, in flat JSON', async () => {
    const json = '{"lr": 0.00001, "optim": "adam", "bs": 64, "numEpochs": 50}';
    expect(steps(await diagnose('crawling', 80, json, [], 'c.json'))).toContain('lr 0.00001 → 0.001');
  });

  it('has other remedies for trees', async () => {
    const toml = 'max_depth = 10\nsubsample = 1.0\neta = 0.3\n';
    const found = steps(await diagnose('memorized', null, toml, [], 'c.toml'));
    expect(found).toEqual(expect.arrayContaining(['max_depth 10 → 8', 'subsample 1 → 0.8']));
    expect(found.join()).not.toMatch(/dropout|weight_decay/);
  });

  it('recommends nothing to a sound training', async () => {
    const diagnosis = await diagnose('sound', 91);
    expect(diagnosis.recommendations).toEqual([]);
    expect(diagnosis.decision).toBe('finalize');
  });

  it('gives each change impact, effort, risk, a range with its basis, and what would refute it', async () => {
    for (const { impact, effort, risk, expected, reason, refutedBy } of (await diagnose('overfitted', 90))
      .recommendations) {
      expect(['high', 'medium', 'low']).toContain(impact);
      expect(['high', 'medium', 'low']).toContain(effort);
      expect(expected.low).toBeLessThanOrEqual(expected.high);
      for (const text of [risk, expected.basis, reason, refutedBy]) expect(text).not.toBe('');
    }
  });

  it.each<[TriedChange['outcome'], number, boolean]>([
    ['inert', 0.3, false],
    ['hurt', 0.3, false],
    ['futile', 0.2, false],
    ['undetermined', 0.3, true],
  ])('a dropout that was tried and %s (to %d): recommended again: %s', async (outcome, to, isAgain) => {
    const diagnosis = await diagnose('overfitted', 90, YAML, [
      { path: 'model.dropout', from: 0, to, outcome, iteration: 1 },
    ]);
    expect(steps(diagnosis).some((step) => step.startsWith('model.dropout'))).toBe(isAgain);
    if (!isAgain) expect(diagnosis.withheld.join()).toMatch(/model\.dropout .* iteration 1/);
  });

  it('does not undo by a light remedy what was among the changes that gained', async () => {
    const config = YAML.replace('dropout: 0.0', 'dropout: 0.4')
      .replace('0.05', '0.001')
      .replace('epochs: 10', 'epochs: 40');
    const gained: TriedChange = {
      path: 'model.dropout',
      from: 0,
      to: 0.4,
      outcome: 'not-separated',
      iteration: 1,
      isInGain: true,
    };
    expect(steps(await diagnose('underfitted', 80, config)).join()).toContain('model.dropout 0.4 → 0.2');
    const again = await diagnose('underfitted', 80, config, [gained]);
    expect(steps(again).join()).not.toContain('model.dropout');
    expect(again.withheld.join()).toMatch(/among the changes that gained in iteration 1/);
    const hurt = await diagnose('underfitted', 80, config, [{ ...gained, outcome: 'hurt' }]);
    expect(steps(hurt).join()).toContain('model.dropout 0.4 → 0.2');
  });

  it('goes on the way that helped', async () => {
    const config = YAML.replace('dropout: 0.0', 'dropout: 0.3').replace('shift: 0', 'shift: 2');
    const diagnosis = await diagnose('overfitted', 90, config, [
      { path: 'model.dropout', from: 0, to: 0.3, outcome: 'helped', iteration: 1 },
      { path: 'augmentation.shift', from: 0, to: 2, outcome: 'helped', iteration: 1 },
    ]);
    expect(steps(diagnosis)).toEqual(
      expect.arrayContaining(['model.dropout 0.3 → 0.45', 'augmentation.shift 2 → 3']),
    );
  });

  it('refines what is sound and just misses its target, and says that no fault is sure', async () => {
    const diagnosis = await diagnose('sound', 93);
    expect(diagnosis.primary.issue).toBe('healthy');
    expect(diagnosis).toMatchObject({ decision: 'iterate', isTargetMet: false });
    expect(diagnosis.leaning?.confidence).toBeLessThan(0.5);
    expect(diagnosis.recommendations.length).toBeGreaterThan(0);
    expect(diagnosis.reason).toMatch(/no rule is sure of a fault/);
  });

  it('measures better first where the validation set is too small', async () => {
    const diagnosis = await diagnose(
      'scattered',
      null,
      'data: { val_samples: 25 }\nmodel: { dropout: 0.1 }\n',
    );
    expect(steps(diagnosis)[0]).toMatch(/^data\.val_samples 25 →/);
    expect(diagnosis).toMatchObject({ primary: { issue: 'noisy-validation' }, decision: 'rediagnose' });
  });

  it('stretches a schedule that ran out instead of training longer', async () => {
    const config =
      'epochs: 50\nlr: 0.001\noptimizer: adam\nlr_scheduler: { name: step, step_size: 2, gamma: 0.1 }\n';
    const document = await parseConfig(config, 'c.yaml');
    const lr = Array.from({ length: 50 }, (_, i) => 0.001 * 0.1 ** Math.floor(i / 2));
    const found = diagnoseRuns({
      runs: [{ label: 'run', seed: 1, curve: curveOf({ ...CURVES.crawling, lr }) }],
      config: document,
      target: () => 80,
    });
    expect(steps(found)).toContain('lr_scheduler.step_size 2 → 25');
    expect(steps(found).join()).not.toMatch(/epochs/);
  });

  it('accepts where every remedy was tried', async () => {
    const config = 'model: { dropout: 0.2 }\n';
    const diagnosis = await diagnose('overfitted', 90, config, [
      { path: 'model.dropout', from: 0, to: 0.2, outcome: 'hurt' },
    ]);
    expect(diagnosis.recommendations).toEqual([]);
    expect(diagnosis.decision).toBe('accept');
  });

  it('says so where the config has nothing to change', async () => {
    const diagnosis = await diagnose('overfitted', 90, 'note: hello\nnested: { other: 1 }\n');
    expect(diagnosis.recommendations).toEqual([]);
    expect(diagnosis.decision).toBe('rediagnose');
    expect(diagnosis.reason).toMatch(/code or data/);
  });
});
