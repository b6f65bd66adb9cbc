// Binary logs of any size, byte for byte as the libraries write them, and the same rows as CSV.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const BLOCK = 32_768;

export async function makeWriters(dist) {
  const { crc32, maskedCrc32c } = await import(
    pathToFileURL(join(dist, 'metrics', 'checksum', 'crc.js')).href
  );
  return {
    /** `scalars` scalars of four tags, one event each, as SummaryWriter.add_scalar writes them. */
    tfevents(file, scalars) {
      const tags = ['Loss/train', 'Loss/val', 'Accuracy/val', 'lr'];
      const out = buffered(file);
      out.write(record(Buffer.concat([wall(1.7e9), Buffer.from([0x1a, 13]), Buffer.from('brain.Event:2')])));
      for (let i = 0; i < scalars; i++) {
        const step = Math.floor(i / tags.length);
        const value = Buffer.alloc(4);
        value.writeFloatLE(Math.exp(-step / 1e5) + (i % 7) / 100);
        const tag = Buffer.from(tags[i % tags.length]);
        const scalar = Buffer.concat([field(1, tag), Buffer.from([0x15]), value]);
        const event = [wall(1.7e9 + i / 1000), Buffer.from([0x10]), varint(step), field(5, field(1, scalar))];
        out.write(record(Buffer.concat(event)));
      }
      out.end();
    },
    /** `rows` calls of wandb.log, offline: a history and a summary record each. */
    wandb(file, rows) {
      const out = buffered(file);
      out.write(Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0]));
      let at = 7;
      const put = (data) => {
        for (let from = 0, isFirst = true; from < data.length || isFirst; isFirst = false) {
          let left = BLOCK - (at % BLOCK);
          if (left < 7) {
            out.write(Buffer.alloc(left));
            at += left;
            left = BLOCK;
          }
          const part = data.subarray(from, from + left - 7);
          from += part.length;
          const type = isFirst ? (from === data.length ? 1 : 2) : from === data.length ? 4 : 3;
          const body = Buffer.concat([Buffer.from([type]), part]);
          const head = Buffer.alloc(6);
          head.writeUInt32LE(crc32(body));
          head.writeUInt16LE(part.length, 4);
          out.write(Buffer.concat([head, body]));
          at += 6 + body.length;
        }
      };
      for (let row = 0; row < rows; row++) {
        const items = Object.entries(wandbRow(row)).map(([key, value]) =>
          field(1, Buffer.concat([field(2, Buffer.from(key)), field(16, Buffer.from(goNumber(value)))])),
        );
        for (const kind of [2, 3]) {
          // Go walks over a small map from anywhere in it.
          const from = (row * 7919 + kind * 3) % items.length;
          const turned = Buffer.concat([...items.slice(from), ...items.slice(0, from)]);
          put(Buffer.concat([Buffer.from([0x08]), varint(2 * row + kind - 1), field(kind, turned)]));
        }
      }
      out.end();
    },
    csv(file, rows) {
      const out = buffered(file);
      out.write(Buffer.from(`${Object.keys(wandbRow(0)).join(',')}\n`));
      for (let row = 0; row < rows; row++)
        out.write(Buffer.from(`${Object.values(wandbRow(row)).join(',')}\n`));
      out.end();
    },
  };

  function record(data) {
    const bytes = Buffer.alloc(data.length + 16);
    bytes.writeUInt32LE(data.length);
    bytes.writeUInt32LE(maskedCrc32c(bytes, 0, 8), 8);
    data.copy(bytes, 12);
    bytes.writeUInt32LE(maskedCrc32c(data, 0, data.length), 12 + data.length);
    return bytes;
  }
}

function wandbRow(row) {
  const loss = Math.exp(-row / 1e5) + (row % 7) / 100;
  return {
    'train/loss': loss,
    'train/acc': 1 - loss / 3,
    lr: 0.001,
    epoch: Math.floor(row / 1000),
    _timestamp: 1.7e9 + row / 100,
    _runtime: row / 100,
    _step: row,
  };
}

/** As wandb writes numbers: with an exponent from 2²¹ on. */
function goNumber(value) {
  if (value < 2 ** 21) return JSON.stringify(value);
  const [digits, exponent] = value.toExponential().split('e+');
  return `${digits}e+${exponent.padStart(2, '0')}`;
}

function field(number, bytes) {
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function wall(seconds) {
  const bytes = Buffer.alloc(9, 0x09);
  bytes.writeDoubleLE(seconds, 1);
  return bytes;
}

function varint(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) + 0x80);
  return Buffer.from([...bytes, value]);
}

function buffered(file) {
  const out = openSync(file, 'w');
  let parts = [];
  let size = 0;
  const flush = () => {
    if (size > 0) writeSync(out, Buffer.concat(parts));
    parts = [];
    size = 0;
  };
  return {
    write(bytes) {
      parts.push(bytes);
      size += bytes.length;
      if (size > 1 << 20) flush();
    },
    end() {
      flush();
      closeSync(out);
    },
  };
}
