/** Bytes of a float32 or int32, and how many of them a SIMD vector holds. */
export const BYTES = 4;
export const LANES = 4;

/** Rows are padded with zeros to whole vectors. */
export const padded = (width: number): number => Math.ceil(width / LANES) * LANES;
