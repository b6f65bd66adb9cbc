import { isLineStart, lineEnd } from './calls.ts';
import type { Token } from './tokens.ts';

/** A module that a source imports: `a.b`, `.sibling`, with what it takes from it. */
export interface Import {
  module: string;
  names: string[];
}

/** Every import, wherever it stands. */
export function findImports(tokens: readonly Token[]): Import[] {
  const imports: Import[] = [];
  tokens.forEach((token, start) => {
    if (token.kind !== 'name' || !isLineStart(tokens, start)) return;
    if (token.text !== 'import' && token.text !== 'from') return;
    const line = tokens.slice(start + 1, lineEnd(tokens, start));
    const at = token.text === 'from' ? line.findIndex(({ text }) => text === 'import') : -1;
    if (token.text === 'import') {
      for (const part of splitAtComma(line)) imports.push({ module: dotted(part), names: [] });
    } else if (at > 0) {
      const names = splitAtComma(line.slice(at + 1)).flatMap(
        (part) => part.find(({ kind }) => kind === 'name')?.text ?? [],
      );
      imports.push({
        module: line
          .slice(0, at)
          .map(({ text }) => text)
          .join(''),
        names,
      });
    }
  });
  return imports;
}

function splitAtComma(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ',') parts.push([]);
    else if (token.text !== '(' && token.text !== ')' && token.kind !== 'newline') parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** `a.b` of `a.b as c`. */
function dotted(tokens: readonly Token[]): string {
  const as = tokens.findIndex(({ text }) => text === 'as');
  return tokens
    .slice(0, as < 0 ? undefined : as)
    .map(({ text }) => text)
    .join('');
}
