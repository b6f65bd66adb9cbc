import { f32x4, i32, v128, whileLoop } from './assembler.ts';
import type { Code, Variables, WasmFunction } from './assembler.ts';
import { BYTES, LANES } from './lanes.ts';
import { advance, bytesOf } from './product-kernels.ts';

/** A loop over 4 floats at a time of every array named, with each scalar named at hand in all four lanes. */
function elementwise(
  name: string,
  arrays: string[],
  scalars: string[],
  step: (variables: Variables) => Code,
): WasmFunction {
  return {
    name,
    parameters: Object.fromEntries([
      ...[...arrays, 'n'].map((array) => [array, 'i32' as const]),
      ...scalars.map((scalar) => [scalar, 'f32' as const]),
    ]),
    locals: Object.fromEntries([
      ['end', 'i32' as const],
      ...[...scalars.map((scalar) => `${scalar}x4`), ...arrays.map((array) => `${array}x4`)].map((local) => [
        local,
        'v128' as const,
      ]),
    ]),
    body: (variables) => {
      const { get, set } = variables;
      return [
        set('end', i32.add(get('w'), bytesOf(get('n')))),
        scalars.map((scalar) => set(`${scalar}x4`, f32x4.splat(get(scalar)))),
        whileLoop(i32.lessThan(get('w'), get('end')), [
          arrays.map((array) => set(`${array}x4`, v128.load(get(array)))),
          step(variables),
          arrays
            .filter((array) => array !== 'g')
            .map((array) => v128.store(get(array), 0, get(`${array}x4`))),
          arrays.map((array) => advance(variables, array, LANES * BYTES)),
        ]),
      ];
    },
  };
}

/** Sets `m` to 0 where it decays into subnormal numbers, on which processors are a hundred times slower. NaN stays NaN. */
const flush = ({ get, set }: Variables): Code =>
  set('mx4', v128.andNot(get('mx4'), f32x4.lessThan(f32x4.abs(get('mx4')), get('tinyx4'))));

export const adamw = elementwise(
  'adamw',
  ['w', 'g', 'm', 'v'],
  ['scale', 'beta1', 'beta2', 'epsilon', 'rate', 'correction', 'decay', 'rest1', 'rest2', 'tiny'],
  (variables) => {
    const { get, set } = variables;
    const { add, sub, mul, div, sqrt } = f32x4;
    const x4 = (name: string): Code => get(`${name}x4`);
    return [
      set('gx4', mul(x4('g'), x4('scale'))),
      set('mx4', add(mul(x4('beta1'), x4('m')), mul(x4('rest1'), x4('g')))),
      flush(variables),
      set('vx4', add(mul(x4('beta2'), x4('v')), mul(x4('rest2'), mul(x4('g'), x4('g'))))),
      set('wx4', sub(sub(x4('w'), mul(x4('decay'), x4('w'))),
        div(mul(x4('rate'), x4('m')), add(mul(sqrt(x4('v')), x4('correction')), x4('epsilon'))))),
    ]; // prettier-ignore
  },
);

export const sgd = elementwise(
  'sgd',
  ['w', 'g', 'm'],
  ['scale', 'momentum', 'rate', 'decay', 'tiny'],
  (variables) => {
    const { get, set } = variables;
    const { add, sub, mul } = f32x4;
    return [
      set('mx4', add(mul(get('momentumx4'), get('mx4')), mul(get('scalex4'), get('gx4')))),
      flush(variables),
      set('wx4', sub(sub(get('wx4'), mul(get('decayx4'), get('wx4'))), mul(get('ratex4'), get('mx4')))),
    ];
  },
);
