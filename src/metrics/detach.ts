/**
 * A copy of a text that shares nothing with the text it was cut from. V8 keeps the whole of a chunk alive for one name of
 * it; what is remembered for long is therefore detached.
 */
export function detach(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
