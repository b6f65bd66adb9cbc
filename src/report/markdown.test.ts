import { GFM, parser } from '@lezer/markdown';
import { expect, test } from 'vitest';
import { drawings, scenarios } from './fixtures/scenarios.ts';
import type { StudyOutcome } from '../study/types.ts';
import { renderReport } from './markdown.ts';

const SECTIONS = [
  'Configuration Changes',
  'Performance Comparison',
  'Target Achievement',
  'Training Profile',
  'Learning Curves',
  'Analysis',
  'Reproducibility',
  'Decision',
  'Checkpoints',
  'Checklist',
];
const sectionsOf = (report: string): string[] =>
  Array.from(report.matchAll(/^## (.+)$/gmu), (match) => match[1] ?? '');
const sectionOf = (report: string, name: string): string =>
  report.split(`## ${name}\n\n`)[1]?.split('\n\n## ')[0] ?? '';

test.each(Object.entries({ ...scenarios, ...drawings }))(
  '%s has every section and no unfilled place',
  (_name, build) => {
    const outcome = build();
    const report = renderReport(outcome);
    const hasPath = outcome.history.length > 1;
    expect(sectionsOf(report)).toEqual(
      SECTIONS.flatMap((name) => (name === 'Reproducibility' && hasPath ? ['Path', name] : [name])),
    );
    expect(report).not.toMatch(/undefined|\[object|\bnull\b(?!`)/u);
  },
);

test('verdict and decision come first, in two lines', () => {
  expect(renderReport(scenarios.singleSeed()).split('\n').slice(0, 4)).toEqual([
    '# Optimization results: digits',
    '',
    '**Verdict: unverified.** val_acc 79.4% → 83.3%: +3.9 pp val_acc (+4.9% relative). Single seed, not verified.  ',
    '**Decision: finalize (evidence weak).** val_acc 83.5% meets the target 80%; the evidence is weak: single seed. Next: `pawl finalize`',
  ]);
});

test('what was changed, and what was not', () => {
  expect(sectionOf(renderReport(scenarios.singleSeed()), 'Configuration Changes')).toBe(
    `\`configs/optimization_config.yaml\`: 4 changes from the baseline (\`configs/training_config.yaml\`).

| Path | From | To | Kind | Why | Source | Effect alone |
| --- | --- | --- | --- | --- | --- | --- |
| \`model.dropout\` | — | \`0.4\` | new | more regularization | recommendation 1 (diagnostic_report.md:31) | not separated |
| \`optimizer.weight_decay\` | — | \`0.0001\` | new | penalize large weights | recommendation 2 (diagnostic_report.md:38) | not separated |
| \`data.augmentation.enabled\` | \`false\` | \`true\` | changed | more varied data | recommendation 3 (diagnostic_report.md:44) | not separated |
| \`early_stopping.patience\` | \`10\` | \`5\` | changed | stop sooner | recommendation 4 (diagnostic_report.md:52) | not separated |

### Not applied

| Recommendation | Reason | What | Report line |
| --- | --- | --- | --: |
| 5 | no-value | no value is given for the label smoothing | 60 |`,
  );
});

test('three seeds: spread, interval and pairs', () => {
  const section = sectionOf(renderReport(scenarios.threeSeeds()), 'Performance Comparison');
  for (const line of [
    '| **`val_acc`, best epoch** | **79.4%** ± 0.3 | **83.7%** ± 0.1 | **+4.3 pp** |',
    '| Train–val gap | 5.8 pp | 2.2 pp | reduced by 3.6 pp |',
    '- Interval: +3.8 to +4.9 pp (90%, 3 pairs)',
    '- P(better on a fresh seed): 98%',
    '| 42 | 79.1% | 83.6% | +4.6 pp | better |',
  ]) {
    expect(section.split('\n')).toContain(line);
  }
});

test('a second iteration compares with the baseline and the incumbent', () => {
  const section = sectionOf(renderReport(scenarios.secondIteration()), 'Performance Comparison');
  expect(section).toContain(
    '| Baseline (1 run) | Incumbent (1 run) | Optimized (1 run) | vs baseline | vs incumbent |',
  );
  expect(section).toContain('| **79.4%** | **79.5%** | **83.3%** | **+3.9 pp** | **+3.7 pp** |');
});

test('what was not measured is said, not printed as zero', () => {
  const report = renderReport(scenarios.noTrainSide());
  expect(sectionOf(report, 'Performance Comparison')).toContain(
    '- Train–val gap: not measured, no training side of the metric was logged',
  );
  expect(sectionOf(report, 'Training Profile')).toContain(
    'Not measured: GPU utilisation, GPU memory (no GPU was found).',
  );
  expect(sectionOf(report, 'Checkpoints')).toContain('None were found.');
  expect(report).not.toContain('Training loss');
});

test('the effect of a change that was tried only with others is not known', () => {
  const section = sectionOf(renderReport(scenarios.singleSeed()), 'Analysis');
  expect(section).toContain(
    'All 4 changes were tried only together. What each of them does alone is not known.',
  );
  expect(section).toContain('| 1 | Add dropout | `model.dropout` | +2-3% val acc | own effect not known |');
  expect(section).toContain('| 5 | Label smoothing | — | impact low | not applied: no-value |');
});

test('the effect of a change that was tried alone is', () => {
  const outcome = scenarios.threeSeeds();
  outcome.changes = outcome.changes.map((change, index) => ({
    ...change,
    effect:
      index === 1
        ? { label: 'inert', estimate: null, low: null, high: null, note: 'the first epoch is bit-identical' }
        : { label: 'helped', estimate: 2.1, low: 0.9, high: 3.3, note: '' },
  }));
  const section = sectionOf(renderReport(outcome), 'Analysis');
  expect(section).toContain(
    '| 1 | Add dropout | `model.dropout` | +2-3% val acc | helped: +2.1 pp (+0.9 to +3.3 pp) |',
  );
  expect(section).toContain('| inert (the first epoch is bit-identical) |');
  expect(section).not.toContain('tried only together');
});

test('the single change is what the whole effect is of', () => {
  const outcome = scenarios.singleSeed();
  outcome.changes = outcome.changes.slice(0, 1);
  expect(sectionOf(renderReport(outcome), 'Analysis')).toContain('| the only change: +3.9 pp |');
});

test('a plot that could not be drawn is not embedded', () => {
  const outcome = scenarios.singleSeed();
  expect(sectionOf(renderReport(outcome), 'Learning Curves')).toContain('](comparison.png)');
  const section = sectionOf(renderReport(outcome, { plotFailure: 'no binary' }), 'Learning Curves');
  expect(section).toContain('The plot could not be drawn: no binary.');
  expect(section).not.toContain('comparison.png');
});

test('weak evidence says what a verdict would cost', () => {
  expect(sectionOf(renderReport(scenarios.singleSeed()), 'Decision')).toContain(
    '**The evidence is weak.** A verdict needs at least 3 pairs of equal seeds: 4 more trainings, about 5h 36m of training time.',
  );
});

/** An outcome in which every text that people, reports and machines write is `text`. */
function buildFilled(text: string): StudyOutcome {
  const outcome = scenarios.secondIteration();
  outcome.reason = text;
  outcome.verdictReason = text;
  outcome.next = text;
  outcome.warnings = [text];
  outcome.study.forced = [text];
  outcome.study.project = text;
  outcome.metric = { ...outcome.metric, note: text };
  outcome.skipped = outcome.skipped.map((item) => ({ ...item, message: text, candidates: [text] }));
  outcome.preflight = [{ status: 'failed', what: text, detail: text }];
  outcome.changes = outcome.changes.map((change) => ({
    ...change,
    path: text,
    to: text,
    why: text,
    expected: text,
  }));
  outcome.checkpoints = outcome.checkpoints.map((item) => ({ ...item, file: text }));
  outcome.environment = { ...outcome.environment, cpu: text, command: text, os: text, gpus: [text] };
  outcome.optimized = {
    ...outcome.optimized,
    runs: outcome.optimized.runs.map((run) => ({ ...run, notes: [text], argv: [text] })),
  };
  outcome.diagnosis = {
    ...outcome.diagnosis,
    file: text,
    rootCauses: [text],
    expectedOutcome: [{ text, line: 1 }],
    recommendations: outcome.diagnosis.recommendations.map((item) => ({
      ...item,
      title: text,
      impact: text,
      expected: text,
    })),
  };
  return outcome;
}

test.each([
  'x | y\n\n# Owned\n<script>alert(1)</script> `code` [l](http://a) **b** ![i](j)',
  '|\n| --- |\n```\n<!--',
  '\u001B[31m1. - > # ` ` ``',
  '</code></td></table>',
])('foreign text makes no structure: %j', (text) => {
  expect(shapeOf(renderReport(buildFilled(text)))).toEqual(shapeOf(renderReport(buildFilled('harmless'))));
});

/** Headings, tables' cells per row, images and raw HTML other than code cells. */
function shapeOf(markdown: string): object {
  const counts = { headings: [] as string[], images: 0, links: 0, html: 0, widths: new Set<string>() };
  const rows: string[] = [];
  parser
    .configure(GFM)
    .parse(markdown)
    .iterate({
      enter: (node) => {
        if (/Heading/u.test(node.name)) counts.headings.push(node.name);
        if (node.name === 'Image') counts.images += 1;
        if (node.name === 'Link') counts.links += 1;
        if (/HTML/u.test(node.name) && !/^<\/?code>$/u.test(markdown.slice(node.from, node.to)))
          counts.html += 1;
        if (node.name === 'TableRow' || node.name === 'TableHeader') {
          rows.push(`${node.name} ${node.node.getChildren('TableCell').length}`);
        }
      },
    });
  return {
    headings: counts.headings.filter((name) => name !== 'Blockquote'),
    images: counts.images,
    links: counts.links,
    html: counts.html,
    rows,
  };
}
