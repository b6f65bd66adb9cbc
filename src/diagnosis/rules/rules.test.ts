import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/document.ts';
import { diagnoseSchema } from '../../project/diagnose-schema.ts';
import { FAULTS, type Fault } from './_contract.ts';
import { describeRule, type RuleExample } from './conformance.ts';
import { caseOf, CURVES } from './fixtures/cases.ts';
import { learningRateTooLow } from './learning-rate-too-low.ts';
import { overfitting } from './overfitting.ts';
import { RULES } from './registry.ts';
import { readSettings } from './settings.ts';
import { burdensOf } from './signals/burden.ts';
import { DEFAULT_THRESHOLDS } from './thresholds.ts';

const sound: RuleExample[] = [{ curve: 'sound' }, { curve: 'sound', target: 91 }];
const EXAMPLES: Record<Fault, { fires: RuleExample[]; keeps: RuleExample[] }> = {
  diverged: {
    fires: [{ curve: 'broken' }, { curve: 'thrown', target: 80 }],
    keeps: [...sound, { curve: 'jumping' }, { curve: 'overfitted' }],
  },
  'exploding-gradients': { fires: [{ curve: 'exploding' }], keeps: [...sound, { curve: 'vanishing' }] },
  'vanishing-gradients': {
    fires: [{ curve: 'vanishing', target: 80 }, { curve: 'vanishing' }],
    keeps: [...sound, { curve: 'exploding' }],
  },
  'learning-rate-too-high': {
    fires: [{ curve: 'jumping', target: 80 }, { curve: 'jumping' }],
    keeps: [
      ...sound,
      { curve: 'crawling', target: 80 },
      { curve: 'underfitted', target: 80 },
      { curve: 'overfitted', target: 90 },
    ],
  },
  'learning-rate-too-low': {
    fires: [{ curve: 'crawling', target: 80 }],
    keeps: [
      ...sound,
      { curve: 'cutOff', target: 85 },
      { curve: 'underfitted', target: 80 },
      { curve: 'jumping', target: 80 },
    ],
  },
  'stopped-too-early': {
    fires: [{ curve: 'cutOff', target: 85 }, { curve: 'cutOff' }],
    keeps: [...sound, { curve: 'overfitted', target: 90 }, { curve: 'underfitted', target: 80 }],
  },
  underfitting: {
    fires: [{ curve: 'underfitted', target: 80 }],
    keeps: [...sound, { curve: 'overfitted', target: 90 }, { curve: 'underfitted', target: 60 }],
  },
  stalled: {
    fires: [{ curve: 'stuck', target: 80 }],
    keeps: [
      ...sound,
      { curve: 'crawling', target: 80 },
      { curve: 'overfitted', target: 90 },
      { curve: 'creeping', target: 0.15 },
    ],
  },
  overfitting: {
    fires: [{ curve: 'overfitted' }, { curve: 'overfitted', target: 90 }, { curve: 'memorized' }],
    keeps: [...sound, { curve: 'underfitted', target: 80 }],
  },
  'trained-too-long': {
    fires: [{ curve: 'wasted' }],
    keeps: [...sound, { curve: 'cutOff' }, { curve: 'crawling' }],
  },
  'noisy-validation': {
    fires: [{ curve: 'scattered' }],
    keeps: [
      ...sound,
      { curve: 'overfitted' },
      { curve: 'underfitted' },
      { curve: 'tiny' },
      { curve: 'steep' },
      { curve: 'steep', target: 0.1 },
    ],
  },
  'resource-inefficiency': { fires: [{ curve: 'idle' }, { curve: 'waiting' }], keeps: sound },
};

for (const rule of RULES) describeRule(rule, EXAMPLES[rule.fault].fires, EXAMPLES[rule.fault].keeps);

it('has one rule for each fault', () => {
  expect(RULES.map(({ fault }) => fault).sort()).toEqual([...FAULTS].sort());
});

it('lets pawl.yaml set every threshold', () => {
  const keys = Object.keys(DEFAULT_THRESHOLDS);
  const settings = Object.fromEntries(keys.map((key) => [key, 1]));
  expect(diagnoseSchema.parse(settings)).toEqual(settings);
  expect(() => diagnoseSchema.parse({ gap: 1 })).toThrow();
});

describe('what the config says of the optimizer', () => {
  const judged = async (text: string) =>
    learningRateTooLow.judge(
      caseOf(CURVES.creeping, { target: 0.15, config: await parseConfig(text, 'c.yaml') }),
    )?.confidence ?? 0;

  it.each([
    ['by a section', 'sgd: {learning_rate: 0.0001}', true],
    ['by the name of the rate', 'sgd_lr: 0.0001', true],
    ['by a momentum', 'opt: {lr: 0.0001, momentum: 0.0}', true],
    ['with a usual rate of SGD', 'sgd: {learning_rate: 0.3, momentum: 0.0}', false],
  ])('%s', async (_, text, fires) => {
    expect((await judged(text)) >= 0.9).toBe(fires);
  });
});

it.each([
  ['optimizer: adam\nweight_decay: 0.3', 1],
  ['optimizer: {name: sgd, weight_decay: 0.3}', 1],
  ['optimizer: adamw\nweight_decay: 0.3', 0],
  ['optimizer: adam\nweight_decay: 0.01', 0],
])('weight decay weighs by how the optimizer takes it: %s', async (text, strength) => {
  const [burden] = burdensOf(readSettings(await parseConfig(text, 'c.yaml')));
  expect(burden?.strength ?? 0).toBeCloseTo(strength, 10);
});

it.each([
  [20, undefined],
  [12, 'mild'],
])('calls a gap by its thresholds: moderate from %d points on', (overfitModerate, degree) => {
  const given = caseOf(
    { train_acc: Array.from({ length: 20 }, () => 95), val_acc: Array.from({ length: 20 }, () => 84) },
    { thresholds: { overfitMild: overfitModerate === 20 ? 12 : 5, overfitModerate, overfitStrong: 30 } },
  );
  expect(overfitting.judge(given)?.degree).toBe(degree);
});

it('tells strong, moderate and mild overfitting at 15, 10 and 5 points', () => {
  const degreeOf = (gap: number): string | undefined =>
    overfitting.judge(
      caseOf({
        train_acc: Array.from({ length: 10 }, () => 90),
        val_acc: Array.from({ length: 10 }, () => 90 - gap),
      }),
    )?.degree;
  expect([16, 12, 7, 3].map(degreeOf)).toEqual(['strong', 'moderate', 'mild', undefined]);
});

it('speaks in the figures of the curve', () => {
  const finding = overfitting.judge(caseOf(CURVES.overfitted));
  expect(finding?.clues.map(({ text }) => text)).toContain(
    'training is 20.0 points better than validation at the end',
  );
});
