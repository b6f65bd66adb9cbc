import { configError } from './errors.ts';

/** Bytes of a file as text; a byte order mark stays in the text, so that the file can be given back byte for byte. */
export function decodeText(bytes: Uint8Array, file: string): string {
  const wide = wideEncodingOf(bytes);
  if (wide !== undefined) {
    throw configError('CONFIG_ENCODING', `The config is ${wide}, not UTF-8.`, {
      file,
      remedy: 'Save it as UTF-8.',
    });
  }
  const binary = bytes.indexOf(0);
  if (binary !== -1) throw binaryError(file, lineAt(bytes, binary));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const line = lineAt(bytes, firstInvalid(bytes));
    const remedy = 'Save it as UTF-8, or check that it is the right file.';
    throw configError('CONFIG_ENCODING', 'The config holds bytes that are not UTF-8.', {
      file,
      line,
      remedy,
      cause,
    });
  }
}

export function binaryError(file: string, line: number): Error {
  return configError('CONFIG_BINARY', 'The config holds NUL bytes, so it is not a text file.', {
    file,
    line,
    remedy: 'Name the config itself, not a checkpoint or an archive.',
  });
}

function wideEncodingOf(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length > 3 ? 'UTF-32' : 'UTF-16';
  return a === 0xfe && b === 0xff ? 'UTF-16' : undefined;
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at++) if (bytes[at] === 0x0a) line++;
  return line;
}

/** Length of the longest prefix that decodes: halves until the first bad byte is found. */
function firstInvalid(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      decoder.decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
