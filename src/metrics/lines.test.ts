import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Input, decodeText } from './encoding.ts';
import { LINE_LIMIT, LineBlocks } from './lines.ts';

function cutLines(parts: readonly Buffer[], returnsEndLines = false) {
  const lines: string[] = [];
  const numbers: number[] = [];
  const long: number[] = [];
  const blocks = new LineBlocks(
    {
      block: (bytes, line) => {
        numbers.push(line);
        const texts = bytes.toString().split('\n');
        lines.push(...texts.slice(0, -1), ...(texts.at(-1) === '' ? [] : [texts.at(-1) ?? '']));
        return texts.length - 1;
      },
      tooLong: (line) => long.push(line),
    },
    { returnsEndLines },
  );
  for (const part of parts) blocks.push(part);
  blocks.end();
  return { lines, numbers, long };
}

describe('LineBlocks', () => {
  it('gives whole lines however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 8 })),
        fc.array(fc.nat(60)),
        (texts, cuts) => {
          const wanted = texts.map((text) => text.replaceAll(/[\r\n]/g, '.'));
          const bytes = Buffer.from(wanted.map((text) => `${text}\n`).join(''));
          const parts: Buffer[] = [];
          let from = 0;
          for (const cut of [...cuts].sort((a, b) => a - b)) {
            parts.push(bytes.subarray(from, Math.max(from, cut)));
            from = Math.max(from, cut);
          }
          parts.push(bytes.subarray(from));
          expect(cutLines(parts).lines).toEqual(wanted);
        },
      ),
    );
  });

  it('counts lines over chunks', () => {
    const { numbers } = cutLines([Buffer.from('a\nb\nc'), Buffer.from('d\ne\n'), Buffer.from('f')]);
    expect(numbers).toEqual([1, 3, 4, 5]);
  });

  it('passes over a line that is too long, and goes on', () => {
    const long = Buffer.alloc(LINE_LIMIT / 2 + 1, 'x');
    const { lines, long: at } = cutLines([Buffer.from('a\n'), long, long, Buffer.from('y\nb\n')]);
    expect(lines).toEqual(['a', 'b']);
    expect(at).toEqual([2]);
  });

  it('ends lines at returns where they do, but not between return and newline', () => {
    expect(cutLines([Buffer.from('a\rb'), Buffer.from('\r'), Buffer.from('\nc')], true).lines).toEqual([
      'a\r',
      'b\r',
      'c',
    ]);
  });
});

describe('encodings', () => {
  it.each([
    ['UTF-8 with a mark', Buffer.from('\uFEFFlöss\n')],
    ['UTF-16, little end first', Buffer.from('\uFEFFlöss\n', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\uFEFFlöss\n', 'utf16le').swap16()],
    ['plain', Buffer.from('löss\n')],
  ])('%s', (_, bytes) => {
    const input = new Utf8Input();
    const parts = [...bytes].map((byte) => Buffer.from(input.push(Buffer.from([byte]))));
    expect(Buffer.concat([...parts, input.end()]).toString()).toBe('löss\n');
    expect(decodeText(bytes)).toBe('löss\n');
  });

  it.each([
    ['little end first', (bytes: Buffer) => bytes],
    ['big end first', (bytes: Buffer) => bytes.swap16()],
  ])('UTF-16 without a mark, %s', (_, turned) => {
    const text = 'Epoch 1: loss 0.5, größer\n';
    const bytes = turned(Buffer.from(text, 'utf16le'));
    for (const size of [1, 2, 7, 1000]) {
      const input = new Utf8Input();
      const parts: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size)
        parts.push(Buffer.from(input.push(bytes.subarray(at, at + size))));
      expect(Buffer.concat([...parts, input.end()]).toString()).toBe(text);
    }
    expect(decodeText(bytes)).toBe(text);
  });

  it('knows what is no text', () => {
    expect(decodeText(Buffer.from([0x50, 0x4b, 0, 1]))).toBeNull();
  });
});
