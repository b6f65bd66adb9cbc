import { describe, expect, it } from 'vitest';
import { readCorpus } from './fixtures/corpus.ts';
import { planChanges } from './plan.ts';
import { parseReport } from './report.ts';

const cases = await readCorpus();

/** Order says nothing about a plan, and two settings of one option may stand on one line. */
function sorted(items: readonly object[]): string[] {
  return [...new Set(items.map((item) => JSON.stringify(item)))].sort();
}

describe.each(cases)('$name', ({ report, config, expected }) => {
  const plan = planChanges(parseReport(report, 'report.md'), config);

  it('finds exactly the changes a careful reader finds', () => {
    const changes = plan.changes.map(({ path, kind, from, to, recommendation, line }) => ({
      path,
      kind,
      from,
      to,
      recommendation,
      line,
    }));
    expect(sorted(changes)).toEqual(sorted(expected.changes));
  });

  it('says why all else changes nothing', () => {
    const skipped = plan.skipped.map(({ recommendation, reason, line }) => ({
      recommendation,
      reason,
      line,
    }));
    expect(sorted(skipped)).toEqual(sorted(expected.skipped));
  });

  it('finds the facts', () => {
    expect(plan.diagnosis.rootCauses).not.toEqual([]);
    if (expected.rootCauses) expect(plan.diagnosis.rootCauses).toEqual(expected.rootCauses);
    if (expected.target) expect(plan.diagnosis.target).toMatchObject(expected.target);
  });
});

it('holds at least forty reports', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40);
});
