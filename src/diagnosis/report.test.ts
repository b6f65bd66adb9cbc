import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PawlError } from '../errors.ts';
import { parseReport, readReport } from './report.ts';

const folder = mkdtempSync(join(tmpdir(), 'pawl-report-'));

function written(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function codeOf(file: string): Promise<string> {
  try {
    await readReport(file);
    return 'read';
  } catch (error) {
    if (!(error instanceof PawlError)) throw error;
    expect(error.exit).toBe(2);
    expect(error.file).toBe(file);
    expect(error.remedy).toBeTruthy();
    return error.code;
  }
}

describe('readReport', () => {
  it.each([
    ['a missing file', join(folder, 'missing.md'), 'REPORT_NOT_FOUND'],
    ['a path through a file', join(written('plain.md', '# Report'), 'x.md'), 'REPORT_NOT_FOUND'],
    ['a folder', folder, 'REPORT_UNREADABLE'],
    ['an empty file', written('empty.md', ''), 'REPORT_EMPTY'],
    ['blanks only', written('blank.md', ' \n\t\n---\n'), 'REPORT_EMPTY'],
    ['an image', written('image.md', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1])), 'REPORT_BINARY'],
    [
      'random bytes',
      written('random.md', Buffer.from(Array.from({ length: 400 }, (_, at) => 128 + (at % 128)))),
      'REPORT_BINARY',
    ],
    ['UTF-16', written('utf16.md', Buffer.from('\ufeff# Report', 'utf16le')), 'REPORT_BINARY'],
    ['five megabytes', written('large.md', 'dropout 0.4\n'.repeat(450_000)), 'REPORT_TOO_LARGE'],
  ])('refuses %s', async (_, file, code) => {
    expect(await codeOf(file)).toBe(code);
  });

  it('reads a report', async () => {
    const report = await readReport(
      written('good.md', '\ufeff# Diagnosis\r\n\r\nRoot cause: overfitting\r\n'),
    );
    expect(report.diagnosis.rootCauses).toEqual(['overfitting']);
  });
});

describe.each<[string, string[]]>([
  ['# Diagnosis: ViT on digits\n\n## Root cause\n\n**Underfitting.** The rate is low.\n', ['Underfitting']],
  [
    '# Diagnosis of the baseline\n\nRun: 150 rounds.\n\n**Root cause: overfitting.** So it is.\n',
    ['overfitting'],
  ],
  ['# Diagnosis\n\nOverfitting, by a wide gap.\n', ['Overfitting, by a wide gap']],
])('the title of a report is no root cause: %j', (text, causes) => {
  it('is read', () => expect(parseReport(text, 'r.md').diagnosis.rootCauses).toEqual(causes));
});

describe('parseReport', () => {
  const { diagnosis } = parseReport(
    [
      '# Diagnostic report',
      '',
      'Baseline: Train 85.2% | Val 78.9%',
      'Target: 80% val acc',
      '',
      '## Root causes',
      '1. **Insufficient regularization** – no dropout',
      '2. **Little data**',
      '',
      '## Recommendations',
      '### 1. Add dropout',
      '- Config: `model.dropout: 0.4`',
      '- Impact: High',
      '- Effort: 5 minutes',
      '- Risk: low',
      '- Expected: +3–5 % val acc',
      '',
      '## Expected outcome',
      '- Val acc 83 %',
    ].join('\n'),
    'report.md',
  );

  it('finds the facts', () => {
    expect(diagnosis.rootCauses).toEqual(['Insufficient regularization', 'Little data']);
    expect(diagnosis.target).toEqual({ metric: 'val_acc', value: 80, unit: '%', line: 4 });
    expect(diagnosis.baseline).toEqual({ train_acc: 85.2, val_acc: 78.9 });
    expect(diagnosis.expectedOutcome).toEqual([{ text: 'Val acc 83 %', line: 19 }]);
  });

  it('describes the recommendations', () => {
    expect(diagnosis.recommendations).toEqual([
      {
        number: 1,
        title: 'Add dropout',
        line: 11,
        impact: 'High',
        effort: '5 minutes',
        risk: 'low',
        expected: '+3–5 % val acc',
      },
    ]);
  });

  it.each([
    ['Goal: val_acc ≥ 0.80', { metric: 'val_acc', value: 0.8, unit: null }],
    ['Ziel: 80 % Val-Genauigkeit', { metric: 'val_acc', value: 80, unit: '%' }],
    ['目标：验证准确率达到 82%', { metric: 'val_acc', value: 82, unit: '%' }],
    ['We want to reach 0.72 mIoU.', { metric: 'miou', value: 0.72, unit: null }],
    [
      '| Metric | Baseline | Target |\n|---|---|---|\n| Val loss gap | 3 | 1 |\n| Val acc | 78.9% | 80% |',
      { metric: 'val_acc', value: 80, unit: '%' },
    ],
    ['| Target | 85% test accuracy |\n|---|---|\n| x | y |', null],
  ])('reads the target of %j', (text, expected) => {
    const { target } = parseReport(text, 'r.md').diagnosis;
    if (expected === null) expect(target).toBeNull();
    else expect(target).toMatchObject(expected);
  });

  it.each([
    ['## Root Cause Analysis\n\n### Primary: Learning rate too high\n\ntext', ['Learning rate too high']],
    ['**Primary issue:** vanishing gradients', ['vanishing gradients']],
    ['Hauptursache: Überanpassung', ['Überanpassung']],
    ['The model is clearly overfitting after epoch 9.', ['overfitting']],
    ['The root cause is a learning rate that is too high.', ['a learning rate that is too high']],
    ['## 根本原因\n- 过拟合：训练 95%', ['过拟合']],
    ['Nothing is wrong.', []],
  ])('reads the root causes of %j', (text, expected) => {
    expect(parseReport(text, 'r.md').diagnosis.rootCauses).toEqual(expected);
  });
});
