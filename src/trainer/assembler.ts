/**
 * A minimal WebAssembly assembler: just the instructions that the kernels use.
 *
 * Code is a nested list of bytes; an instruction is a function from its operands' code to its own code, so that
 * expressions read inside out as in the text format: `f32x4.add(a, b)` is `(f32x4.add a b)`.
 * Encoding: WebAssembly Core Specification 2.0, section 5 (binary format).
 */
export type Code = number | readonly Code[];
type ValueType = 'i32' | 'f32' | 'f64' | 'v128';

const TYPE_BYTE: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = value >>> 7;
    bytes.push((value & 0x7f) | (rest === 0 ? 0 : 0x80));
    value = rest;
  } while (value !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    const isLast = (value === 0 && (byte & 0x40) === 0) || (value === -1 && (byte & 0x40) !== 0);
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return bytes;
  }
}

const plain =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands, opcode];
const simd =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands, 0xfd, unsigned(opcode)];
const lane =
  (opcode: number) =>
  (index: number, operand: Code): Code => [operand, 0xfd, unsigned(opcode), index];
const memory =
  (opcode: number, alignment: number) =>
  (address: Code, offset = 0, ...operands: Code[]): Code => [
    [address, ...operands],
    0xfd,
    unsigned(opcode),
    alignment,
    unsigned(offset),
  ];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  load: (address: Code): Code => [address, 0x28, 2, 0],
  add: plain(0x6a),
  sub: plain(0x6b),
  mul: plain(0x6c),
  lessThan: plain(0x49),
  atLeast: plain(0x4f),
};
export const f64 = { add: plain(0xa0) };
export const v128 = {
  load: memory(0x00, 2),
  load32Splat: memory(0x09, 2),
  load64Zero: memory(0x5d, 2),
  store: memory(0x0b, 2),
  andNot: simd(0x4f),
};
export const f32x4 = {
  splat: simd(0x13),
  lessThan: simd(0x43),
  abs: simd(0xe0),
  sqrt: simd(0xe3),
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
};
export const f64x2 = {
  promoteLow: simd(0x5f),
  extractLane: lane(0x21),
  add: simd(0xf0),
  mul: simd(0xf2),
};

/** Repeats `body` while `condition` (checked first) is not zero. */
export const whileLoop = (condition: Code, body: Code): Code => [
  [0x03, 0x40, condition, 0x04, 0x40],
  [body, 0x0c, 1],
  [0x0b, 0x0b],
];

export interface Variables {
  get: (name: string) => Code;
  set: (name: string, value: Code) => Code;
}

export interface WasmFunction {
  name: string;
  parameters: Record<string, ValueType>;
  locals: Record<string, ValueType>;
  result?: ValueType;
  body: (variables: Variables) => Code;
}

/** Assembles a module that imports `env.memory` and exports the functions by name. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const vector = (items: readonly Code[]): Code => [unsigned(items.length), items];
  const text = (value: string): Code => vector([...Buffer.from(value)]);
  const section = (id: number, content: Code): Code => {
    const bytes = flatten(content);
    return [id, unsigned(bytes.length), bytes];
  };
  const types = functions.map(({ parameters, result }) => [
    0x60,
    vector(Object.values(parameters).map((type) => TYPE_BYTE[type])),
    vector(result === undefined ? [] : [TYPE_BYTE[result]]),
  ]);
  const memoryImport = [text('env'), text('memory'), 0x02, 0x00, 0x00];
  const exports = functions.map(({ name }, index) => [text(name), 0x00, unsigned(index)]);
  return Uint8Array.from(
    flatten([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, vector(types)),
      section(2, vector([memoryImport])),
      section(3, vector(functions.map((_, index) => unsigned(index)))),
      section(7, vector(exports)),
      section(10, vector(functions.map(functionBody))),
    ]),
  );
}

function functionBody({ name, parameters, locals, body }: WasmFunction): Code {
  const names = [...Object.keys(parameters), ...Object.keys(locals)];
  const indexOf = (variable: string): number[] => {
    const index = names.indexOf(variable);
    if (index < 0) throw new Error(`${name}: no variable ${variable}`);
    return unsigned(index);
  };
  const declared = Object.values(locals).map((type) => [1, TYPE_BYTE[type]]);
  const code = body({
    get: (variable) => [0x20, indexOf(variable)],
    set: (variable, value) => [value, 0x21, indexOf(variable)],
  });
  const bytes = flatten([unsigned(declared.length), declared, code, 0x0b]);
  return [unsigned(bytes.length), bytes];
}

function flatten(code: Code): number[] {
  return typeof code === 'number' ? [code] : (code as readonly number[]).flat(Number.POSITIVE_INFINITY);
}
