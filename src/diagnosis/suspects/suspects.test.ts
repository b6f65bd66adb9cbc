import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/document.ts';
import { diagnoseRuns, type CurveDiagnosis } from '../diagnose.ts';
import { CURVES, type Columns } from '../rules/fixtures/cases.ts';
import { curveOf, over, settle } from '../rules/fixtures/curves.ts';

async function diagnose(columns: Columns, target: number, config: string): Promise<CurveDiagnosis> {
  return diagnoseRuns({
    runs: [{ label: 'run', seed: 1, curve: curveOf(columns) }],
    config: await parseConfig(config, 'c.yaml'),
    target: () => target,
  });
}

const YAML = `
data: { train_samples: 20000 }
model: { dropout: 0.0 }
training: { epochs: 40, label_smoothing: 0.0 }
early_stopping: { enabled: false, patience: 5 }
`;

/** Right labels are learned first (87 % on validation at epoch 6), the wrong third of them by heart. */
const memorized: Columns = {
  train_loss: over(40, settle(2.3, 0.2, 10)),
  train_acc: over(40, (epoch) => (epoch < 6 ? 20 + 9 * epoch : 95 - 28 * Math.exp(-(epoch - 6) / 10))),
  val_loss: over(40, (epoch) => settle(2, 0.6, 3)(epoch) + 0.01 * epoch),
  val_acc: over(40, (epoch) => (epoch <= 6 ? 57 + 5 * epoch : 79 + 8 * Math.exp(-(epoch - 6) / 4))),
};

describe('wrong labels', () => {
  it('are suspected where validation falls while training climbs, with figures and with what would tell', async () => {
    const { primary, suspicions, recommendations } = await diagnose(memorized, 93, YAML);
    expect(primary.issue).toBe('overfitting');
    expect(suspicions.map(({ suspect }) => suspect)).toEqual(['wrong-labels']);
    const [{ cause, evidence, wouldTell }] = suspicions as [(typeof suspicions)[number]];
    expect(cause).toMatch(/^Suspected/u);
    expect(evidence).toEqual([
      'validation fell by 8.0 points after its best epoch 6 while training rose by 26.5 points: what was learned last holds for the training labels only',
      'at epoch 6 training stood 20.0 points under validation: the model disagreed with many training labels while it was right on validation',
    ]);
    expect(wouldTell).toContain('the model of epoch 6');
    expect(recommendations.slice(0, 2).map(({ changes }) => changes[0]?.path)).toEqual([
      'training.label_smoothing',
      'early_stopping.enabled',
    ]);
  });

  it.each<[string, Columns, number]>([
    ['overfitting to right labels', CURVES.overfitted, 90],
    ['a sound training that misses its target', CURVES.sound, 95],
    ['a divergence', CURVES.broken, 80],
  ])('are not suspected from %s', async (_what, columns, target) => {
    expect((await diagnose(columns, target, YAML)).suspicions).toEqual([]);
  });

  it('are named where the config makes them, and the config can stop it', async () => {
    const config = YAML.replace('20000', '20000, label_noise: 0.3');
    const { suspicions, recommendations } = await diagnose(CURVES.overfitted, 90, config);
    expect(suspicions[0]?.evidence).toEqual(['the config sets data.label_noise to 0.3']);
    expect(recommendations[0]?.changes).toEqual([
      { path: 'data.label_noise', kind: 'changed', from: 0.3, to: 0 },
    ]);
  });
});

describe('few examples', () => {
  it('are suspected where the config says so, and more are the first recommendation, with a published range', async () => {
    const { suspicions, recommendations } = await diagnose(
      CURVES.overfitted,
      90,
      YAML.replace('20000', '300'),
    );
    expect(suspicions.map(({ suspect }) => suspect)).toEqual(['few-examples']);
    expect(recommendations[0]).toMatchObject({
      changes: [{ path: 'data.train_samples', from: 300, to: 900 }],
      // 21 points of error: 3^-0.07 leaves 92.6 % of it, 3^-0.35 leaves 68.1 %.
      expected: { low: 1.5, high: 6.5 },
    });
  });

  it('are not suspected where the gap is small', async () => {
    expect((await diagnose(CURVES.sound, 95, YAML.replace('20000', '300'))).suspicions).toEqual([]);
  });
});
