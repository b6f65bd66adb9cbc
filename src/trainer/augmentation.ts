import type { Rng } from './rng.ts';
import type { SparseImages } from './sparse-images.ts';

export interface Augmentation {
  /** Largest shift in pixels, each way. */
  shift: number;
  shiftRng: Rng;
  /** Standard deviation of the noise on pixels in [0, 1]. */
  noise: number;
  noiseRng: Rng;
}

/** Where the nonzero pixels of a batch go. */
export interface PixelSink {
  indices: Int32Array;
  values: Float32Array;
}

const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Writes the nonzero pixels of one image, in [0, 1], from `at` on; returns where they end. */
export function writeImage(
  images: SparseImages,
  example: number,
  sink: PixelSink,
  at: number,
  augmentation?: Augmentation,
): number {
  if (augmentation === undefined) return writeMoved(images, example, sink, at, 0, 0);
  const { shift, shiftRng, noise, noiseRng } = augmentation;
  const dx = shift > 0 ? shiftRng.below(2 * shift + 1) - shift : 0;
  const dy = shift > 0 ? shiftRng.below(2 * shift + 1) - shift : 0;
  const end = writeMoved(images, example, sink, at, dx, dy);
  return noise > 0 ? addNoise(sink, at, end, images.side * images.side, noise, noiseRng) : end;
}

/** What is moved over the edge is lost; what comes in is background. */
function writeMoved(
  images: SparseImages,
  example: number,
  { indices, values }: PixelSink,
  at: number,
  dx: number,
  dy: number,
): number {
  const { side, start, positions, bytes } = images;
  const from = start[example]!;
  const to = start[example + 1]!;
  if (dx === 0 && dy === 0) {
    for (let i = from; i < to; i++) {
      indices[at] = positions[i]!;
      values[at++] = UNIT[bytes[i]!]!;
    }
    return at;
  }
  for (let i = from; i < to; i++) {
    const position = positions[i]!;
    const x = (position % side) + dx;
    const y = Math.floor(position / side) + dy;
    if (x < 0 || y < 0 || x >= side || y >= side) continue;
    indices[at] = y * side + x;
    values[at++] = UNIT[bytes[i]!]!;
  }
  return at;
}

/** Adds clipped noise to every pixel, background included. */
function addNoise(
  { indices, values }: PixelSink,
  at: number,
  end: number,
  pixels: number,
  deviation: number,
  rng: Rng,
): number {
  const dense = new Float32Array(pixels);
  for (let i = at; i < end; i++) dense[indices[i]!] = values[i]!;
  let next = at;
  for (let position = 0; position < pixels; position++) {
    const value = Math.min(1, dense[position]! + deviation * rng.normal());
    if (value <= 0) continue;
    indices[next] = position;
    values[next++] = value;
  }
  return next;
}
