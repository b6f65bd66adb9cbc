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
    const encoding = markedUtf16(head);
    if (encoding) this.decoder = new TextDecoder(encoding);
    return this.decode(encoding ? head.subarray(2) : hasUtf8Mark(head) ? head.subarray(3) : head);
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
  const encoding = markedUtf16(bytes);
  if (encoding) return new TextDecoder(encoding).decode(bytes.subarray(2));
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
