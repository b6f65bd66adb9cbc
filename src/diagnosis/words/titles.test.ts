import { describe, expect, it } from 'vitest';
import { columnOf } from './columns.ts';
import { labelClass } from './labels.ts';
import { readMarker } from './markers.ts';
import { isMetricName, metricNameIn } from './metrics.ts';
import { isGroupTitle, roleOf } from './roles.ts';

describe('readMarker', () => {
  it.each([
    ['1. Add dropout', 'number', 1, 'Add dropout'],
    ['3.2 Weight decay', 'number', 2, 'Weight decay'],
    ['B.2.1 Dropout', 'number', 1, 'Dropout'],
    ['Recommendation 2: Lower LR', 'recommendation', 2, 'Lower LR'],
    ['Recommendation (2): Lower LR', 'recommendation', 2, 'Lower LR'],
    ['Priority 1 (High): Add dropout', 'recommendation', 1, 'Add dropout'],
    ['R3 – Clip', 'recommendation', 3, 'Clip'],
    ['[P1] Add dropout', 'recommendation', 1, 'Add dropout'],
    ['Maßnahme 2: Dropout', 'recommendation', 2, 'Dropout'],
    ['建议1:增加', 'recommendation', 1, '增加'],
    ['Option B: both', 'option', null, 'both'],
  ] as const)('%s', (title, kind, number, rest) => {
    const marker = readMarker(title);
    expect(marker).toMatchObject({ kind, number });
    expect(title.slice(marker?.length)).toBe(rest);
  });

  it.each(['10 epochs more', '0.4 dropout', 'F1: 0.8', 'L2 regularization', 'ResNet-18', 'Fix the rate'])(
    '%s has none',
    (title) => {
      expect(readMarker(title)).toBeNull();
    },
  );
});

it.each([
  ['## Recommendations', 'recommendations'],
  ['🛠️ What to do', 'recommendations'],
  ['Empfehlungen', 'recommendations'],
  ['优化建议', 'recommendations'],
  ['Config preview', 'preview'],
  ['Proposed configuration', 'preview'],
  ['Root Cause Analysis', 'root-cause'],
  ['Alternatives considered', 'alternatives'],
  ['Rejected ideas', 'rejected'],
  ['What I would not change', 'keep'],
  ['Future work', 'later'],
  ['If that is not enough', 'later'],
  ['What we already tried', 'done'],
  ['Next steps', 'steps'],
  ['Expected outcome', 'expected'],
  ['Risks and mitigations', 'other'],
  ['Diagnostic report', null],
  ['Dropout', null],
])('the section %j is about %j', (title, role) => {
  expect(roleOf(title)).toBe(role);
});

it.each(['High priority', 'Quick wins', 'Phase 1 — Quick wins', 'Must-haves'])('%s groups', (title) => {
  expect(isGroupTitle(title)).toBe(true);
});

it.each([
  ['Config', 'change'],
  ['**Recommended value**', 'proposed'],
  ['Soll', 'proposed'],
  ['Current state', 'current'],
  ['Expected impact', 'impact'],
  ['Why', 'reason'],
  ['Alternative', 'alternative'],
  ['Parameter', 'parameter'],
  ['Root cause', 'root-cause'],
  ['Dropout', null],
  ['Learning rate', null],
])('the label %j is %j', (text, label) => {
  expect(labelClass(text)).toBe(label);
});

it.each([
  ['#', 'number'],
  ['Parameter', 'parameter'],
  ['Before', 'current'],
  ['Recommended Value', 'proposed'],
  ['Valeur proposée', 'proposed'],
  ['建议值', 'proposed'],
  ['Config change', 'change'],
  ['Rationale', 'reason'],
  ['Decision', 'keep-or-status'],
  ['Flavour', null],
])('the column %j holds %j', (header, column) => {
  expect(columnOf(header)).toBe(column);
});

it.each([
  ['validation accuracy', 'val_acc'],
  ['Val-Accuracy', 'val_acc'],
  ['`val_acc`', 'val_acc'],
  ['test accuracy', 'test_acc'],
  ['mAP50-95', 'map50_95'],
  ['macro F1', 'macro_f1'],
  ['验证准确率', 'val_acc'],
  ['dropout', null],
])('%j is the metric %j', (phrase, name) => {
  expect(metricNameIn(phrase)).toBe(name);
});

it('tells measures from settings', () => {
  expect(['val_acc', 'train loss', 'f1', 'AUC'].every(isMetricName)).toBe(true);
  expect(['dropout', 'lr', 'perte.lissage', 'loss_weight'].some(isMetricName)).toBe(false);
});
