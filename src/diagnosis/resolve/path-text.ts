import { parsePath, type ConfigPath } from '../../config/path.ts';

/** Reads a path as reports write it: `a.b`, `a/b`, `a[0].b`, `a["b"]`; null where the text is none. */
export function parsePathText(text: string): ConfigPath | null {
  const plain = text
    .trim()
    .replaceAll(/\[["']([^"'\]]+)["']\]/gu, '.$1')
    .replace(/^\.+/u, '');
  if (plain === '' || plain.length > 300) return null;
  return parsePath(/^[\w-]+(?:\/[\w-]+)+$/u.test(plain) ? plain.replaceAll('/', '.') : plain) ?? null;
}

const REFUSED = /^(?:__proto__|constructor|prototype)$/u;
const MAX_KEY = 120;

/** Whether a key may not stand in any path: it reaches a prototype, or no person wrote it. */
export function isRefused(key: string | number): boolean {
  return typeof key === 'string' && (REFUSED.test(key) || key.length > MAX_KEY);
}
