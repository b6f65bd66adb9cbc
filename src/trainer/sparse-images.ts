/** Square images of bytes as lists of their nonzero pixels: image e has `positions` and `bytes` [start[e], start[e + 1]). */
export interface SparseImages {
  side: number;
  start: Int32Array;
  positions: Uint32Array;
  bytes: Uint8Array;
}

export function toSparse(images: Uint8Array, side: number): SparseImages {
  const pixels = side * side;
  const n = images.length / pixels;
  const start = new Int32Array(n + 1);
  const count = images.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0);
  const positions = new Uint32Array(count);
  const bytes = new Uint8Array(count);
  let at = 0;
  for (let image = 0; image < n; image++) {
    for (let position = 0; position < pixels; position++) {
      const byte = images[image * pixels + position]!;
      if (byte === 0) continue;
      positions[at] = position;
      bytes[at++] = byte;
    }
    start[image + 1] = at;
  }
  return { side, start, positions, bytes };
}
