import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from './_contract.ts';
import { caseOf, CURVES, type CurveName } from './fixtures/cases.ts';
import { randomCurve } from './fixtures/curves.ts';
import { readSettings } from './settings.ts';
import { nameMetrics } from './names.ts';
import { readRun } from './signals/run.ts';
import { DEFAULT_THRESHOLDS } from './thresholds.ts';

export interface RuleExample {
  curve: CurveName;
  target?: number;
}

/** What every rule keeps to. `fires` and `keeps`: textbook curves on which it must, and must not, reach a confidence of ½. */
export function describeRule(rule: Rule, fires: readonly RuleExample[], keeps: readonly RuleExample[]): void {
  describe(rule.fault, () => {
    const judge = ({ curve, target }: RuleExample) =>
      rule.judge(caseOf(CURVES[curve], { target: target ?? null }));

    it.each(fires)('fires on $curve', (example) => {
      const finding = judge(example);
      expect(finding?.fault).toBe(rule.fault);
      expect(finding?.confidence).toBeGreaterThanOrEqual(0.5);
      // Evidence is figures and epochs, not opinion.
      expect(finding?.clues[0]?.text).toMatch(/\d|not finite|poor|fall/u);
    });

    it.each(keeps)('keeps still on $curve', (example) => {
      expect(judge(example)?.confidence ?? 0).toBeLessThan(0.5);
    });

    it('says where it comes from, and names real thresholds', () => {
      expect(rule.source.length).toBeGreaterThan(10);
      expect(rule.about.length).toBeGreaterThan(10);
      for (const name of rule.thresholds) expect(DEFAULT_THRESHOLDS).toHaveProperty(name);
    });

    it('is pure, bounded and robust, whatever the curve', () => {
      const settings = readSettings(null);
      fc.assert(
        fc.property(randomCurve, fc.option(fc.double({ min: 0, max: 1, noNaN: true })), (curve, target) => {
          const run = readRun({ label: 'run', seed: null, curve }, nameMetrics(curve, {}).names);
          const given = { run, runs: [run], settings, thresholds: DEFAULT_THRESHOLDS, target };
          const finding = rule.judge(given);
          expect(rule.judge(given)).toEqual(finding);
          if (finding === undefined) return;
          expect(finding.confidence).toBeGreaterThan(0);
          expect(finding.confidence).toBeLessThan(1);
          for (const { text, weight } of finding.clues) {
            expect(Number.isFinite(weight)).toBe(true);
            expect(text).not.toMatch(/NaN %|undefined|Infinity/u);
          }
        }),
        { numRuns: 60, seed: 3 },
      );
    });
  });
}
