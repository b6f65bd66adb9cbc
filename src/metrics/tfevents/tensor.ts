import { BYTES, Cursor, FIXED32, FIXED64, VARINT } from '../protobuf/cursor.ts';

/** TensorProto: dtype 1, shape 2, tensor_content 4, then one field of values for each kind of number. */
const DTYPE = 1;
const SHAPE = 2;
const CONTENT = 4;
const FLOATS = 5;
const DOUBLES = 6;
const HALVES = 13;
/** int, int64, bool, uint32, uint64. */
const INTEGERS = new Set([7, 10, 11, 16, 17]);

const tensor = new Cursor();
const shape = new Cursor();
const dimension = new Cursor();

/** The number in a tensor of one element (tensorflow/core/framework/tensor.proto); undefined where it holds none. */
export function scalarOf(outer: Cursor): number | undefined {
  let dtype = 0;
  let isSingle = true;
  let value: number | undefined;
  let content = -1;
  let contentLength = 0;
  tensor.enter(outer);
  while (tensor.next()) {
    const { field, wire } = tensor;
    if (field === DTYPE && wire === VARINT) dtype = tensor.number;
    else if (field === SHAPE && wire === BYTES) isSingle = isOfOne(tensor);
    else if (field === CONTENT && wire === BYTES) {
      content = tensor.start;
      contentLength = tensor.end - tensor.start;
    } else if (field === FLOATS && (wire === FIXED32 || wire === BYTES)) {
      if (tensor.end - tensor.start >= 4) value = tensor.float();
    } else if (field === DOUBLES && (wire === FIXED64 || wire === BYTES)) {
      if (tensor.end - tensor.start >= 8) value = tensor.double();
    } else if (field === HALVES || INTEGERS.has(field)) {
      if (wire === VARINT || (wire === BYTES && tensor.packed()))
        value = field === HALVES ? shortFloat(tensor.number, dtype) : ofType(tensor.number, dtype);
    }
  }
  if (!isSingle || tensor.isBroken) return undefined;
  if (contentLength > 0) return fromContent(tensor.bytes, content, contentLength, dtype);
  // Without any value the element is 0, as everywhere in protocol buffers, but only for types of numbers.
  return value ?? (sizeOf(dtype) > 0 ? 0 : undefined);
}

function isOfOne(outer: Cursor): boolean {
  shape.enter(outer);
  while (shape.next()) {
    // Of unknown rank (field 3), or a dimension (2) of another size (1) than one.
    if (shape.field === 3 && shape.number !== 0) return false;
    if (shape.field !== 2 || shape.wire !== BYTES) continue;
    let size = 0;
    dimension.enter(shape);
    while (dimension.next()) if (dimension.field === 1) size = dimension.number;
    if (size !== 1) return false;
  }
  return !shape.isBroken;
}

function fromContent(bytes: Buffer, at: number, length: number, dtype: number): number | undefined {
  if (length !== sizeOf(dtype)) return undefined;
  switch (dtype) {
    case 1:
      return bytes.readFloatLE(at);
    case 2:
      return bytes.readDoubleLE(at);
    case 3:
      return bytes.readInt32LE(at);
    case 4:
      return bytes.readUInt8(at);
    case 5:
      return bytes.readInt16LE(at);
    case 6:
      return bytes.readInt8(at);
    case 9:
      return Number(bytes.readBigInt64LE(at));
    case 10:
      return bytes.readUInt8(at);
    case 14:
    case 19:
      return shortFloat(bytes.readUInt16LE(at), dtype);
    case 17:
      return bytes.readUInt16LE(at);
    case 22:
      return bytes.readUInt32LE(at);
    default:
      return Number(bytes.readBigUInt64LE(at));
  }
}

/** Bytes of an element by its DataType; 0 for what is no number. */
function sizeOf(dtype: number): number {
  return SIZES.get(dtype) ?? 0;
}
const SIZES = new Map([
  [1, 4],
  [2, 8],
  [3, 4],
  [4, 1],
  [5, 2],
  [6, 1],
  [9, 8],
  [10, 1],
  [14, 2],
  [17, 2],
  [19, 2],
  [22, 4],
  [23, 8],
]);

/** Unsigned 64-bit numbers come as signed ones. */
function ofType(value: number, dtype: number): number {
  return dtype === 23 && value < 0 ? value + 2 ** 64 : value;
}

/** IEEE half precision, or bfloat16 (the upper half of a float). */
function shortFloat(bits: number, dtype: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const [width, bias] = dtype === 14 ? [7, 127] : [10, 15];
  const exponent = (bits & 0x7fff) >> width;
  const fraction = (bits & (2 ** width - 1)) / 2 ** width;
  if (exponent === 2 * bias + 1) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
}
