import { f32x4, f64, f64x2, i32, v128, whileLoop } from './assembler.ts';
import type { Code, Variables, WasmFunction } from './assembler.ts';
import { BYTES, LANES } from './lanes.ts';

/** Floats that `mix` keeps in registers at a time; the widest that fits a row is used first. */
const BLOCKS = [32, 16, 4];

export const advance = ({ get, set }: Variables, name: string, by: number): Code =>
  set(name, i32.add(get(name), i32.const(by)));
export const bytesOf = (count: Code): Code => i32.mul(count, i32.const(BYTES));

export const mix: WasmFunction = {
  name: 'mix',
  parameters: {
    out: 'i32',
    width: 'i32',
    indices: 'i32',
    values: 'i32',
    count: 'i32',
    rows: 'i32',
    stride: 'i32',
  },
  locals: {
    p: 'i32',
    row: 'i32',
    factor: 'v128',
    ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`sum${i}`, 'v128' as const])),
  },
  body: (variables) => {
    const { get, set } = variables;
    const block = (floats: number): Code => {
      const sums = Array.from({ length: floats / LANES }, (_, i) => ({
        name: `sum${i}`,
        offset: i * LANES * BYTES,
      }));
      return whileLoop(i32.atLeast(get('width'), i32.const(floats)), [
        sums.map(({ name, offset }) => set(name, v128.load(get('out'), offset))),
        set('p', i32.const(0)),
        whileLoop(i32.lessThan(get('p'), bytesOf(get('count'))), [
          set('factor', v128.load32Splat(i32.add(get('values'), get('p')))),
          set(
            'row',
            i32.add(get('rows'), i32.mul(i32.load(i32.add(get('indices'), get('p'))), get('stride'))),
          ),
          sums.map(({ name, offset }) =>
            set(name, f32x4.add(get(name), f32x4.mul(get('factor'), v128.load(get('row'), offset)))),
          ),
          advance(variables, 'p', BYTES),
        ]),
        sums.map(({ name, offset }) => v128.store(get('out'), offset, get(name))),
        advance(variables, 'out', floats * BYTES),
        advance(variables, 'rows', floats * BYTES),
        advance(variables, 'width', -floats),
      ]);
    };
    return BLOCKS.map(block);
  },
};

export const sumOfSquares: WasmFunction = {
  name: 'sumOfSquares',
  parameters: { x: 'i32', n: 'i32' },
  locals: { end: 'i32', low: 'v128', sum: 'v128' },
  result: 'f64',
  body: (variables) => {
    const { get, set } = variables;
    return [
      set('end', i32.add(get('x'), bytesOf(get('n')))),
      whileLoop(i32.lessThan(get('x'), get('end')), [
        set('low', f64x2.promoteLow(v128.load64Zero(get('x')))),
        set('sum', f64x2.add(get('sum'), f64x2.mul(get('low'), get('low')))),
        advance(variables, 'x', 2 * BYTES),
      ]),
      f64.add(f64x2.extractLane(0, get('sum')), f64x2.extractLane(1, get('sum'))),
    ];
  },
};
