import type { ConfigDocument } from '../../config/_contract.ts';
import { allPaths, getAt } from '../../config/lookup.ts';
import type { ConfigPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import { conceptsOf } from '../../diagnosis/words/concepts.ts';

export interface Located {
  path: ConfigPath;
  value: ConfigValue;
  /** 1-based. */
  line: number | undefined;
}

/**
 * Where a setting stands in a trainer's own record: under its path, under a part of it (`dropout` of `model.dropout`, or
 * `cfg.model.dropout`), through `init_args`, flattened (`model/dropout`), or under another name of the same thing
 * (`lr`, `learning_rate`). Undefined where nothing fits, or several places do.
 */
export function locate(document: ConfigDocument, wanted: ConfigPath): Located | undefined {
  const exact = getAt(document.value, wanted);
  if (exact !== undefined) return { path: wanted, value: exact, line: document.lineOf(wanted) };
  const parts = partsOf(wanted);
  const all = allPaths(document.value).map((path) => ({ path, parts: partsOf(path) }));
  for (const isAlike of [equalNames, sameConcept]) {
    const fitting = all.filter((each) => endsAlike(each.parts, parts, isAlike));
    const longest = Math.max(0, ...fitting.map((each) => Math.min(each.parts.length, parts.length)));
    const best = fitting.filter((each) => Math.min(each.parts.length, parts.length) === longest);
    const [first] = best;
    if (first && best.length === 1) {
      const value = getAt(document.value, first.path);
      if (value !== undefined) return { path: first.path, value, line: document.lineOf(first.path) };
    }
    if (best.length > 1) return undefined;
  }
  return undefined;
}

/** Keys of a path, those of flattened records apart. */
function partsOf(path: ConfigPath): string[] {
  return path
    .flatMap((key) => (typeof key === 'string' ? key.split(/[./]/) : [String(key)]))
    .filter((part) => part !== 'init_args' && part !== '');
}

/** Whether the shorter of two paths is the end of the other. */
function endsAlike(
  a: readonly string[],
  b: readonly string[],
  isAlike: (a: string, b: string) => boolean,
): boolean {
  const length = Math.min(a.length, b.length);
  if (length === 0 || !isAlike(a.at(-1) as string, b.at(-1) as string)) return false;
  for (let i = 2; i <= length; i++) if (!equalNames(a.at(-i) as string, b.at(-i) as string)) return false;
  return true;
}

function equalNames(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function sameConcept(a: string, b: string): boolean {
  const own = conceptsOf(a);
  return conceptsOf(b).some((concept) => own.includes(concept));
}

const plain = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase();
