import { expect, it } from 'vitest';
import { configOf, planOf } from './fixtures/plan.ts';
import { gateReport } from './gate.ts';
import { planChanges } from './plan.ts';
import { parseReport } from './report.ts';

const CONFIG = 'dropout: 0.1\nlr: 0.1\nwd: 0.0\n';
const GOOD = planOf(['`dropout: 0.4`', '`lr: 0.01`', '`wd: 0.1`'], CONFIG);

function gate(report: string) {
  return gateReport(planChanges(parseReport(report, 'report.md'), configOf(CONFIG)));
}

it('passes a complete diagnosis', () => {
  expect(gateReport(GOOD)).toEqual({ missing: [], warnings: [] });
});

it('asks for a root cause', () => {
  const { missing } = gate('## Recommendations\n1. `dropout: 0.4`\n2. `lr: 0.01`\n3. `wd: 0.1`\n');
  expect(missing).toMatchObject([{ file: 'report.md' }]);
  expect(missing[0]?.what).toContain('root cause');
});

it('asks for recommendations', () => {
  expect(gate('Root cause: overfitting\n').missing[0]?.what).toContain('recommendations');
});

it('asks for a recommendation that changes something', () => {
  const { missing } = gate(
    'Root cause: overfitting\n\n## Recommendations\n1. Get more data\n2. Tune the rate\n',
  );
  expect(missing).toEqual([
    {
      what: 'a recommendation that changes the config (all were skipped: not-config, no-value)',
      file: 'report.md',
      line: 4,
    },
  ]);
});

it('warns of an unusual number of recommendations', () => {
  expect(gateReport(planOf(['`dropout: 0.4`'], CONFIG)).warnings).toEqual([
    'The report has 1 recommendation; 3–5 are expected.',
  ]);
});

it('lists the open boxes of the checklist', () => {
  const text =
    '# Done?\n- [x] read\n- [ ] root cause\n  - [ ] nested\n\n```\n- [ ] not a box\n```\n1. [ ] numbered\n';
  expect(gateReport(GOOD, { text, file: 'diagnostics_complete.md' }).missing).toEqual([
    { what: 'open box in the diagnostics checklist: root cause', file: 'diagnostics_complete.md', line: 3 },
    { what: 'open box in the diagnostics checklist: nested', file: 'diagnostics_complete.md', line: 4 },
    { what: 'open box in the diagnostics checklist: numbered', file: 'diagnostics_complete.md', line: 9 },
  ]);
  expect(gateReport(GOOD, { text: '- [x] all', file: 'c.md' }).missing).toEqual([]);
  expect(gateReport(GOOD, { text: 'no boxes', file: 'c.md' }).warnings).toHaveLength(1);
});
