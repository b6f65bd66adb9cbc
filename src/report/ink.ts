import { styleText } from 'node:util';

export type Tone = Parameters<typeof styleText>[0];
export type Ink = (tone: Tone, text: string) => string;

/** Colours where the terminal takes them; the caller has looked at NO_COLOR, --no-color and the stream. */
export function inkOf(color: boolean): Ink {
  return color
    ? (tone, text) => (text === '' ? '' : styleText(tone, text, { validateStream: false }))
    : (_tone, text) => text;
}
