import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/document.ts';
import { diagnoseRuns, type CurveDiagnosis } from '../diagnose.ts';
import { planChanges } from '../plan.ts';
import { parseReport } from '../report.ts';
import { randomConfig } from '../rules/fixtures/configs.ts';
import { randomCurve } from '../rules/fixtures/curves.ts';
import { writeDiagnosis } from './write.ts';

const SOURCES = { title: 'results/baseline', config: 'config.yaml', plot: 'plot.png', next: 'pawl optimize' };

const changesOf = ({ recommendations }: CurveDiagnosis): unknown[] =>
  recommendations
    .flatMap(({ changes }) => changes.map(({ path, kind, from, to }) => ({ path, kind, from, to })))
    .sort(byPath);
const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);

describe('a written report', () => {
  it(
    'is read back as exactly its changes, whatever the curve and the config',
    { timeout: 60_000 },
    async () => {
      let advised = 0;
      let lost = 0;
      await fc.assert(
        fc.asyncProperty(
          randomCurve,
          randomConfig,
          fc.option(fc.double({ min: 0.05, max: 0.99, noNaN: true })),
          async (curve, { text, file }, target) => {
            const config = await parseConfig(text, file);
            const diagnosis = diagnoseRuns({
              runs: [{ label: 'run', seed: 1, curve }],
              config,
              target: target === null ? null : () => target,
            });
            const written = writeDiagnosis(diagnosis, config, { ...SOURCES, config: file });
            const plan = planChanges(parseReport(written.text, 'diagnostic_report.md'), config);
            const found = plan.changes
              .map(({ path, kind, from, to }) => ({ path, kind, from, to }))
              .sort(byPath);
            expect(found).toEqual(changesOf(written.diagnosis));
            advised += diagnosis.recommendations.length;
            lost += diagnosis.recommendations.length - written.diagnosis.recommendations.length;
          },
        ),
        { numRuns: 60, seed: 7 },
      );
      // Nearly everything can be written; what cannot is left out and said, never misread.
      expect(advised).toBeGreaterThan(60);
      expect(lost / advised).toBeLessThan(0.02);
    },
  );
});
