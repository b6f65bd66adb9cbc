import { expect, test } from 'vitest';
import { CHANGES } from '../fixtures/facts.ts';
import { drawings, scenarios } from '../fixtures/scenarios.ts';
import { curvesSpec } from './comparison.ts';
import { renderEffectsPlot } from './effects.ts';
import { typeface } from './inter.ts';
import { shorten } from './legend.ts';
import { curvesPlotOf, renderComparisonPlot } from './outcome.ts';
import { loneSpots, strokesOf } from './strokes.ts';

test('text is measured as the bundled font draws it', () => {
  const face = typeface('regular');
  expect(face.widthOf('', 13)).toBe(0);
  expect(face.widthOf('iiii', 100)).toBeLessThan(face.widthOf('mmmm', 100) / 2);
  expect(face.widthOf('epoch', 26)).toBeCloseTo(2 * face.widthOf('epoch', 13), 9);
  expect(face.covers('val_acc ± 0.3 → Ж')).toBe(true);
  expect(face.covers('検証')).toBe(false);
  expect(shorten('abcdefgh', 4, (text) => text.length)).toBe('abc…');
});

test.each([
  ['singleSeed', 'val_acc 79.4% → 83.3% (+3.9 pp, +4.9%): single seed, not verified'],
  ['threeSeeds', 'val_acc 79.4% → 83.7% (+4.3 pp, +5.5%): verified better'],
  ['diverged', 'val_acc: unstable, 1 of 2 optimized runs diverged'],
  ['goalMin', 'val_perplexity 41.5 → 37.9 (-3.6, -8.7%): single seed, not verified'],
] as const)('the title of %s is honest', (name, title) => {
  expect(curvesPlotOf(scenarios[name]()).title).toBe(title);
});

test.each(Object.entries({ ...scenarios, ...drawings }))(
  '%s has a specification of one or two panels',
  (_name, build) => {
    const outcome = build();
    const spec = curvesSpec(curvesPlotOf(outcome)) as { vconcat: unknown[] };
    const hasLosses = Object.values(outcome.curves).some((points) =>
      points.some((point) => 'val_loss' in point.values),
    );
    expect(spec.vconcat).toHaveLength(hasLosses ? 3 : 2);
  },
);

test('a spot without neighbours is drawn as a dot', () => {
  const strand = {
    role: 'baseline' as const,
    side: 'validation' as const,
    broken: [],
    band: [],
    lines: [
      [{ x: 1, y: 5 }],
      [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
    ],
  };
  const range = { low: 0, high: 10, ticks: [], isLog: false, isCut: null };
  const [strokes] = strokesOf([strand], range);
  expect(loneSpots(strokes?.rows ?? [])).toEqual([{ role: 'baseline', line: 'baseline 0', x: 1, y: 5 }]);
});

test('the picture says what it shows, and needs nothing from the web', async () => {
  const { svg } = await renderComparisonPlot(scenarios.secondIteration());
  for (const text of [
    'val_acc (%) · values below 60 not shown',
    'target 80%',
    'incumbent 79.5% (1 seed)',
    '83.3% · epoch 43',
    'epoch',
    'loss',
  ]) {
    expect(svg).toContain(`>${text}<`);
  }
  expect(svg).toContain("font-family=\"Inter, 'Helvetica Neue'");
  expect(svg).not.toMatch(/(?:href|src|url)\s*[=(]\s*["']?http/u);
});

test('the effects of changes, known or not', async () => {
  const metric = { name: 'val_acc', scale: 'percent', goal: 'max' } as const;
  const changes = CHANGES.map((change, index) =>
    index === 0
      ? { ...change, effect: { label: 'helped' as const, estimate: 2.1, low: 0.9, high: 3.3, note: '' } }
      : change,
  );
  const { svg } = await renderEffectsPlot(changes, metric);
  for (const text of ['model.dropout', 'new: 0.4', '+2.1 pp · helped', 'not separated'])
    expect(svg).toContain(`>${text}<`);
});
