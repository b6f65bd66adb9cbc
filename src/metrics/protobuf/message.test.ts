import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BYTES, Cursor, FIXED32, FIXED64, VARINT } from './cursor.ts';
import { Message } from './message.ts';

test('the example of the specification: field 1 is 150', () => {
  expect(new Message().varint(1, 150).bytes().toString('hex')).toBe('089601');
});

test('text and a message within', () => {
  const inner = new Message().put(2, 'testing');
  expect(new Message().put(3, inner).bytes().toString('hex')).toBe('1a09120774657374696e67');
});

test('a negative number takes ten bytes', () => {
  expect(new Message().varint(2, -1).bytes().toString('hex')).toBe('10ffffffffffffffffff01');
});

test('the cursor reads back what was built', () => {
  const field = fc.integer({ min: 1, max: 2 ** 20 });
  fc.assert(
    fc.property(
      field,
      fc.maxSafeInteger(),
      fc.double(),
      fc.float(),
      fc.string(),
      (at, whole, double, float, text) => {
        const bytes = new Message()
          .varint(at, whole)
          .double(at, double)
          .float(at, float)
          .put(at, text)
          .bytes();
        const cursor = new Cursor().open(bytes, 0, bytes.length);
        const wires: number[] = [];
        const read: unknown[] = [];
        while (cursor.next()) {
          expect(cursor.field).toBe(at);
          wires.push(cursor.wire);
          if (cursor.wire === VARINT) read.push(cursor.number);
          else if (cursor.wire === FIXED64) read.push(cursor.double());
          else if (cursor.wire === FIXED32) read.push(cursor.float());
          else read.push(cursor.text());
        }
        expect(cursor.isBroken).toBe(false);
        expect(wires).toEqual([VARINT, FIXED64, FIXED32, BYTES]);
        expect(read).toEqual([whole + 0, double, float, text]);
      },
    ),
  );
});
