import { assert, infiniteStream, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';

describe('symmetricEigen', () => {
  test('of a known matrix', () => {
    const { values } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values].sort((a, b) => a - b)).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
  });

  test('A v = λ v with orthonormal v', () => {
    const sizes = integer({ min: 1, max: 8 });
    assert(
      property(sizes, infiniteStream(integer({ min: -100, max: 100 })), (n, numbers) => {
        const a = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = i; j < n; j++) a[i * n + j] = a[j * n + i] = Number(numbers.next().value) / 10;
        }
        const { values, vectors } = symmetricEigen(a, n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let product = 0;
            let dot = 0;
            for (let k = 0; k < n; k++) {
              product += (a[i * n + k] ?? 0) * (vectors[k * n + j] ?? 0);
              dot += (vectors[k * n + i] ?? 0) * (vectors[k * n + j] ?? 0);
            }
            expect(product).toBeCloseTo((values[j] ?? 0) * (vectors[i * n + j] ?? 0), 8);
            expect(dot).toBeCloseTo(i === j ? 1 : 0, 10);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
