import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConfigDocument } from '../_contract.ts';
import { Choices } from '../fixtures/choices.ts';
import { randomEdits } from '../fixtures/random-edits.ts';
import { writeYaml } from '../fixtures/yaml-text.ts';
import { allPaths, equalValues } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import { undoEdits } from '../splices.ts';
import { yamlSyntax } from './syntax.ts';

const entropy = fc.array(fc.nat(1_000_000), { maxLength: 160, size: 'max' });
const runs = Number(process.env['RUNS'] ?? 120);
const OPTIONS = { hasNull: true, hasSpecialNumbers: true };

test.each([{ anchors: false }, { anchors: true }])('edits of generated documents hold, %o', (features) => {
  const property = fc.property(entropy, entropy, (layout, changes) => {
    const text = writeYaml(new Choices(layout), features);
    const document = yamlSyntax.parse(text, 'c.yaml');
    const { edits, intended } = randomEdits(document.value, new Choices(changes), OPTIONS);
    const edited = yamlSyntax.edit(document, edits);
    expect(equalValues(yamlSyntax.parse(edited.text, 'c.yaml').value, intended)).toBe(true);
    expect(undoEdits(edited.text, edited.splices)).toBe(text);
  });
  fc.assert(property, { numRuns: runs });
});

test('one edit touches no line outside the entry it is about', () => {
  const property = fc.property(entropy, entropy, (layout, changes) => {
    const text = writeYaml(new Choices(layout), { anchors: false });
    const document = yamlSyntax.parse(text, 'c.yaml');
    const [edit] = randomEdits(document.value, new Choices(changes), OPTIONS).edits;
    if (edit === undefined) return;
    const allowed = linesOf(
      document,
      edit.kind === 'changed' ? edit.path : nearestParent(document, edit.path),
    );
    for (const splice of yamlSyntax.edit(document, [edit]).splices) {
      const first = lineOf(text, splice.start);
      // A splice that only adds lines begins at the end of one.
      const last = lineOf(text, splice.start + splice.old.length);
      expect(first).toBeGreaterThanOrEqual(allowed.first);
      expect(last).toBeLessThanOrEqual(allowed.last);
    }
  });
  fc.assert(property, { numRuns: runs });
});

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function nearestParent(document: ConfigDocument, path: ConfigPath): ConfigPath {
  let depth = path.length - 1;
  while (depth > 0 && document.lineOf(path.slice(0, depth)) === undefined) depth--;
  return path.slice(0, depth);
}

/** From the line of an entry to the first line after all of it that holds something else. */
function linesOf(document: ConfigDocument, path: ConfigPath): { first: number; last: number } {
  if (path.length === 0) return { first: 1, last: Infinity };
  const lineAt = (other: ConfigPath): number => document.lineOf(other) ?? 1;
  const paths = allPaths(document.value);
  const own = paths.filter((other) => isAbove(path, other)).map(lineAt);
  const end = Math.max(lineAt(path), ...own);
  const rest = paths.filter(
    (other) => !isAbove(path, other) && !isAbove(other, path) && !isSame(other, path),
  );
  const next = rest.map(lineAt).filter((line) => line >= end);
  return { first: lineAt(path), last: next.length === 0 ? Infinity : Math.min(...next) };
}

function isSame(a: ConfigPath, b: ConfigPath): boolean {
  return a.length === b.length && a.every((key, index) => String(b[index]) === String(key));
}

function isAbove(other: ConfigPath, path: ConfigPath): boolean {
  return other.length < path.length && other.every((key, index) => String(path[index]) === String(key));
}
