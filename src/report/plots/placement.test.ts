import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLabels } from './placement.ts';

const PANEL = { width: 1000, height: 300, rule: null };
const label = (anchorX: number, anchorY: number) => ({ text: 'x', anchorX, anchorY, width: 110, height: 17 });

test('alone, a label stands above its place', () => {
  expect(placeLabels([label(500, 150)], PANEL, [])).toEqual([{ text: 'x', x: 445, y: 132.5 }]);
});

test('a label avoids curves and the far side of the rule', () => {
  const above = Array.from({ length: 200 }, (_, index) => ({ x: 400 + index, y: 132 }));
  expect(placeLabels([label(500, 150)], PANEL, above)[0]?.y).toBeGreaterThan(150);
  expect(placeLabels([label(500, 150)], { ...PANEL, rule: 145 }, [])[0]?.y).toBeGreaterThan(150);
});

test('up to four labels never cover one another, and stay in the panel', () => {
  const place = fc.record({ x: fc.integer({ min: 0, max: 1000 }), y: fc.integer({ min: 0, max: 300 }) });
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), (places) => {
      const placed = placeLabels(
        places.map(({ x, y }) => label(x, y)),
        PANEL,
        [],
      );
      for (const [index, a] of placed.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0);
        expect(a.x + 110).toBeLessThanOrEqual(1000);
        expect(a.y - 8.5).toBeGreaterThanOrEqual(0);
        expect(a.y + 8.5).toBeLessThanOrEqual(300);
        for (const b of placed.slice(index + 1)) {
          expect(Math.abs(a.x - b.x) < 110 && Math.abs(a.y - b.y) < 17).toBe(false);
        }
      }
    }),
  );
});
