import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from './early-stopping.ts';
import { InputError, messageOf } from './error.ts';
import type { TrainerConfig } from './schema.ts';

/**
 * A checkpoint is one file, so that it is either whole or absent: the magic number, the length of the state as uint32,
 * the state as JSON (padded with spaces to 4 bytes), then float32 arrays in the order of `arrays`, all little-endian.
 */
export interface CheckpointState {
  seed: number;
  /** Widths of the layers, the input first. */
  widths: number[];
  /** Finished epochs and optimizer steps. */
  epoch: number;
  step: number;
  progress: Progress;
  /** The lines of metrics.jsonl so far. */
  metrics: string[];
  config: TrainerConfig;
}
type Arrays = Record<string, Float32Array>;
export interface Checkpoint {
  state: CheckpointState;
  arrays: Arrays;
}

const MAGIC = 'MLPCKPT1';
const FLOAT_BYTES = 4;
export const LAST = 'last.ckpt';
export const BEST = 'best.ckpt';

export function writeCheckpoint(file: string, { state, arrays }: Checkpoint): void {
  const lengths = Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, values.length]));
  const header = JSON.stringify({ ...state, arrays: lengths });
  const padding = ' '.repeat((4 - (Buffer.byteLength(header) % 4)) % 4);
  const json = Buffer.from(header + padding);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const floats = Object.values(arrays).map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, Buffer.concat([Buffer.from(MAGIC), length, json, ...floats]));
  renameSync(partial, file);
}

export function readCheckpoint(file: string): Checkpoint {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new InputError(`Cannot read the checkpoint ${file}: ${messageOf(error)}`);
  }
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new InputError(`${file} is not a checkpoint of this trainer.`);
  const start = MAGIC.length + 4;
  const end = start + bytes.readUInt32LE(MAGIC.length);
  let header: CheckpointState & { arrays: Record<string, number> };
  try {
    header = JSON.parse(bytes.toString('utf8', start, end)) as typeof header;
  } catch {
    throw new InputError(`The checkpoint ${file} is damaged.`);
  }
  const { arrays: lengths, ...state } = header;
  const expected = Object.values(lengths).reduce((sum, length) => sum + length * FLOAT_BYTES, end);
  if (bytes.length !== expected)
    throw new InputError(`The checkpoint ${file} is cut off: ${bytes.length} of ${expected} bytes.`);
  let at = end;
  const arrays: Arrays = {};
  for (const [name, length] of Object.entries(lengths)) {
    arrays[name] = new Float32Array(length);
    bytes.copy(new Uint8Array(arrays[name].buffer), 0, at, (at += length * FLOAT_BYTES));
  }
  return { state, arrays };
}

/** The checkpoint that `--resume` names: a file, or a folder with a last checkpoint; undefined where there is none yet. */
export function findCheckpoint(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) return path;
  const last = join(path, LAST);
  return statSync(last, { throwIfNoEntry: false }) ? last : undefined;
}
