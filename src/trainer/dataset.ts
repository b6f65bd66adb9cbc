import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError, messageOf } from './error.ts';
import { createRng } from './rng.ts';
import type { TrainerConfig } from './schema.ts';
import { toSparse } from './sparse-images.ts';
import type { SparseImages } from './sparse-images.ts';

export interface Split {
  images: SparseImages;
  labels: Uint8Array;
  /** Position of the first example in the files; an example's id is `first` + its position in the split. */
  first: number;
}

export interface Dataset {
  /** Width and height of the images. */
  side: number;
  classes: number;
  train: Split;
  val: Split;
  confirm: Split;
  test: Split;
}

/** Reads the images and labels named by the config and cuts them into splits. */
export function loadDataset(data: TrainerConfig['data'], configFile: string): Dataset {
  const images = readIdx(locate(data.images, configFile), 3);
  const labels = readIdx(locate(data.labels, configFile), 1);
  const [n = 0, height = 0, width = 0] = images.shape;
  if (height !== width || height === 0)
    throw new InputError(`${data.images}: images must be square. Got ${height} × ${width}.`);
  if (labels.shape[0] !== n)
    throw new InputError(`${data.labels} has ${labels.shape[0]} labels for ${n} images in ${data.images}.`);
  return cutSplits(images.values, labels.values, height, data);
}

/**
 * Test, validation and confirm examples are cut from the end, so that they stay the same when the number of training
 * examples changes. Only training labels get noise.
 */
export function cutSplits(
  images: Uint8Array,
  labels: Uint8Array,
  side: number,
  data: TrainerConfig['data'],
): Dataset {
  const { val_samples, confirm_samples, test_samples } = data;
  const n = labels.length;
  const free = n - val_samples - confirm_samples - test_samples;
  const trainSamples = data.train_samples ?? free;
  if (trainSamples > free || free < 1) {
    throw new InputError(
      `The data has ${n} examples; ${val_samples} validation + ${confirm_samples} confirm + ${test_samples} test leave ` +
        `${Math.max(free, 0)} for training, but data.train_samples asks for ${data.train_samples ?? 'at least 1'}.`,
    );
  }
  const pixels = side * side;
  const cut = (first: number, count: number): Split => ({
    images: toSparse(images.subarray(first * pixels, (first + count) * pixels), side),
    labels: labels.subarray(first, first + count),
    first,
  });
  const classes = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  const train = cut(0, trainSamples);
  return {
    side,
    classes,
    train: { ...train, labels: noisyLabels(train.labels, classes, data.label_noise, data.noise_seed) },
    confirm: cut(free, confirm_samples),
    val: cut(free + confirm_samples, val_samples),
    test: cut(n - test_samples, test_samples),
  };
}

/** Replaces a share of the labels by another class each; the labels spoiled at 10 % are also spoiled at 20 %. */
export function noisyLabels(labels: Uint8Array, classes: number, share: number, seed: number): Uint8Array {
  const rng = createRng(seed, 'labels');
  return labels.map((label) => {
    const chance = rng.uniform();
    const offset = 1 + rng.below(classes - 1);
    return chance < share ? (label + offset) % classes : label;
  });
}

/** A relative path is looked for from the working directory, then from the config's folder and its parents. */
function locate(path: string, configFile: string): string {
  if (isAbsolute(path) || existsSync(path)) return path;
  for (let folder = dirname(resolve(configFile)); ; folder = dirname(folder)) {
    const candidate = join(folder, path);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) break;
  }
  throw new InputError(
    `No data file ${path}, neither from ${process.cwd()} nor from the folders above ${configFile}.`,
  );
}

/** IDX: 0, 0, type (8: uint8), number of dimensions; each dimension as a big-endian uint32; the values. */
function readIdx(file: string, dimensions: number): { shape: number[]; values: Uint8Array } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  } catch (error) {
    throw new InputError(`Cannot read the data ${file}: ${messageOf(error)}`);
  }
  const start = 4 + 4 * dimensions;
  if (bytes.length < start || bytes.readUInt32BE(0) !== 0x0800 + dimensions) {
    throw new InputError(`${file} is not an IDX file of unsigned bytes in ${dimensions} dimension(s).`);
  }
  const shape = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const expected = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - start !== expected) {
    throw new InputError(
      `${file} is cut off or too long: ${bytes.length - start} values where its header says ${expected}.`,
    );
  }
  return { shape, values: bytes.subarray(start) };
}
