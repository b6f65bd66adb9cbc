/** Text in whatever encoding it was redirected to (PowerShell writes UTF-16), as UTF-8 without a byte order mark. */
export class Utf8Input {
  private head = Buffer.alloc(0);
  private decoder: InstanceType<typeof TextDecoder> | undefined;
  private isKnown = false;
  private hasZeros = false;
  private readonly onZeros: (() => void) | undefined;

  /** `onZeros`: told at the end of zero bytes, which no text holds; they are left out. */
  constructor(onZeros?: () => void) {
    this.onZeros = onZeros;
  }

  push(bytes: Buffer): Buffer {
    if (this.isKnown) return this.decode(bytes);
    this.head = Buffer.concat([this.head, bytes]);
    if (this.head.length < 3 && couldBeMark(this.head)) return Buffer.alloc(0);
    const isShort = this.head.length < 2 || (this.head.length < TELLING && this.head.includes(0));
    if (isShort && (isWide(this.head, 0) || isWide(this.head, 1))) return Buffer.alloc(0);
    return this.begin();
  }

  end(): Buffer {
    const rest = this.rest();
    if (this.hasZeros) this.onZeros?.();
    return rest;
  }

  private rest(): Buffer {
    if (!this.isKnown) return this.begin();
    return this.decoder ? Buffer.from(this.decoder.decode()) : Buffer.alloc(0);
  }

  private begin(): Buffer {
    this.isKnown = true;
    const { head } = this;
    this.head = Buffer.alloc(0);
    const marked = markedUtf16(head);
    const encoding = marked ?? unmarkedUtf16(head);
    if (encoding) this.decoder = new TextDecoder(encoding);
    return this.decode(marked ? head.subarray(2) : hasUtf8Mark(head) ? head.subarray(3) : head);
  }

  private decode(bytes: Buffer): Buffer {
    if (this.decoder) return Buffer.from(this.decoder.decode(bytes, { stream: true }));
    if (!bytes.includes(0)) return bytes;
    this.hasZeros = true;
    return withoutZeros(bytes);
  }
}

/** All of `bytes` as text; null where they are not text. */
export function decodeText(bytes: Buffer): string | null {
  const marked = markedUtf16(bytes);
  const encoding = marked ?? unmarkedUtf16(bytes);
  if (encoding) return new TextDecoder(encoding).decode(bytes.subarray(marked ? 2 : 0));
  if (!bytes.includes(0)) return bytes.toString('utf8', hasUtf8Mark(bytes) ? 3 : 0);
  // Zeros early on rule out text in every encoding but UTF-16; later ones are torn writes, or another encoding appended.
  if (bytes.subarray(0, TEXT_START).includes(0)) return null;
  const text = withoutZeros(bytes).toString('utf8', hasUtf8Mark(bytes) ? 3 : 0);
  const strange = text.match(STRANGE)?.length ?? 0;
  return strange > text.length / 100 ? null : text;
}

/** Bytes in which a text holds no zero. */
const TEXT_START = 16;
/** Control characters that terminals know nothing of, and what is no UTF-8. */
// oxlint-disable-next-line no-control-regex
const STRANGE = /[\u0001-\u0006\u000e-\u001a\u001c-\u001f\ufffd]/g;

/** Told of a text with zero bytes in it. */
export const ZEROS = {
  kind: 'zeros',
  message: 'zero bytes, left out: a torn write, or text in another encoding',
} as const;

function withoutZeros(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((byte) => byte !== 0));
}

function markedUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Bytes by which UTF-16 is told without its mark, as `>>` of old PowerShell leaves it. */
const TELLING = 32;

/** Every other byte a zero, the ones between printable: no binary file begins so. */
function unmarkedUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < TELLING) return undefined;
  return isWide(bytes, 0) ? 'utf-16le' : isWide(bytes, 1) ? 'utf-16be' : undefined;
}

/** Whether the bytes so far are characters of two bytes each, `low` being the place of the one that tells. */
function isWide(bytes: Buffer, low: 0 | 1): boolean {
  for (let at = 0; at < bytes.length && at < TELLING; at++) {
    const byte = bytes[at] as number;
    if (at % 2 === low ? !isPrintable(byte) : byte !== 0) return false;
  }
  return true;
}

function isPrintable(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

function hasUtf8Mark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function couldBeMark(bytes: Buffer): boolean {
  return (
    bytes.length === 0 ||
    bytes[0] === 0xff ||
    bytes[0] === 0xfe ||
    (bytes[0] === 0xef && (bytes.length < 2 || bytes[1] === 0xbb))
  );
}
