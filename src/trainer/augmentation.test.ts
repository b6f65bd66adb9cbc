import { describe, expect, test } from 'vitest';
import { writeImage } from './augmentation.ts';
import { createRng } from './rng.ts';
import { toSparse } from './sparse-images.ts';

const SIDE = 9;
const PIXELS = SIDE * SIDE;

function dense(
  image: Uint8Array,
  augmentation?: { shift: number; noise: number },
  times = 1,
): Float32Array[] {
  const images = toSparse(image, SIDE);
  const options = augmentation && {
    ...augmentation,
    shiftRng: createRng(1, 'shift'),
    noiseRng: createRng(1, 'noise'),
  };
  return Array.from({ length: times }, () => {
    const sink = { indices: new Int32Array(PIXELS), values: new Float32Array(PIXELS) };
    const end = writeImage(images, 0, sink, 0, options);
    const pixels = new Float32Array(PIXELS);
    for (let i = 0; i < end; i++) pixels[sink.indices[i]!] = sink.values[i]!;
    return pixels;
  });
}

const withDot = (x: number, y: number, byte = 255): Uint8Array => {
  const image = new Uint8Array(PIXELS);
  image[y * SIDE + x] = byte;
  return image;
};

test('without augmentation an image is its bytes over 255', () => {
  const image = Uint8Array.from({ length: PIXELS }, (_, i) => (i * 7) % 256);
  expect([...dense(image)[0]!]).toEqual(Array.from(image, (byte) => Math.fround(byte / 255)));
});

describe('shift', () => {
  test('moves by every offset up to the limit, equally often', () => {
    const counts = new Map<number, number>();
    for (const pixels of dense(withDot(4, 4), { shift: 2, noise: 0 }, 5000)) {
      const at = pixels.indexOf(1);
      expect(pixels.filter((value) => value !== 0)).toHaveLength(1);
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    const offsets = [...counts.keys()].map((at) => [(at % SIDE) - 4, Math.floor(at / SIDE) - 4]);
    expect(offsets).toHaveLength(25);
    expect(offsets.flat().every((offset) => Math.abs(offset) <= 2)).toBe(true);
    // 25 cells of 200 ± 14.
    expect(Math.min(...counts.values())).toBeGreaterThan(140);
    expect(Math.max(...counts.values())).toBeLessThan(260);
  });

  test('loses what passes the edge instead of wrapping it round', () => {
    const kept = dense(withDot(0, 0), { shift: 1, noise: 0 }, 900).filter((pixels) => pixels.includes(1));
    // It stays in the picture for dx, dy in {0, 1}: 4 of 9.
    expect(kept.length / 900).toBeCloseTo(4 / 9, 1);
    expect(new Set(kept.map((pixels) => pixels.indexOf(1)))).toEqual(new Set([0, 1, SIDE, SIDE + 1]));
  });
});

test('noise has the deviation asked for and stays within [0, 1]', () => {
  const half = new Uint8Array(PIXELS).fill(128);
  const values = dense(half, { shift: 0, noise: 0.1 }, 200).flatMap((pixels) => [...pixels]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  expect(mean).toBeCloseTo(128 / 255, 2);
  expect(deviation).toBeCloseTo(0.1, 2);
  const wild = dense(half, { shift: 0, noise: 2 }, 5).flatMap((pixels) => [...pixels]);
  expect(Math.min(...wild)).toBe(0);
  expect(Math.max(...wild)).toBe(1);
});
