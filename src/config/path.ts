/** Keys from the root to a value; numbers index sequences. */
export type ConfigPath = readonly (string | number)[];

const BARE_KEY = /^[^\s.[\]"'\\]+$/u;

/** Writes a path as people do: `optimizer.param_groups[0].lr`; keys that hold dots are quoted: `a."b.c"`. */
export function formatPath(path: ConfigPath): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += (text === '' ? '' : '.') + (BARE_KEY.test(key) ? key : JSON.stringify(key));
  }
  return text;
}

/** Reads what `formatPath` writes; undefined when the text is not a path. */
export function parsePath(text: string): ConfigPath | undefined {
  const path: (string | number)[] = [];
  const token = /\.?(?:"((?:[^"\\]|\\.)*)"|([^\s.[\]"'\\]+))|\[(\d+)\]/uy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) return undefined;
    const hasDot = match[0].startsWith('.');
    if (match[3] !== undefined) path.push(Number(match[3]));
    else if (hasDot === (at === 0)) return undefined;
    else if (match[1] === undefined) path.push(match[2] as string);
    else {
      try {
        path.push(JSON.parse(`"${match[1]}"`) as string);
      } catch {
        return undefined;
      }
    }
  }
  return path.length === 0 ? undefined : path;
}
