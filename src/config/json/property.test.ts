import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Choices } from '../fixtures/choices.ts';
import { writeJson } from '../fixtures/json-text.ts';
import { randomEdits } from '../fixtures/random-edits.ts';
import { equalValues } from '../lookup.ts';
import { undoEdits } from '../splices.ts';
import { jsonSyntax } from './syntax.ts';

const entropy = fc.array(fc.nat(1_000_000), { maxLength: 160, size: 'max' });

test.each([false, true])('edits of generated documents hold, with comments: %s', (hasComments) => {
  const property = fc.property(entropy, entropy, (layout, changes) => {
    const text = writeJson(new Choices(layout), hasComments);
    const document = jsonSyntax.parse(text, 'c.json');
    const options = { hasNull: true, hasSpecialNumbers: false };
    const { edits, intended } = randomEdits(document.value, new Choices(changes), options);
    const edited = jsonSyntax.edit(document, edits);
    expect(equalValues(edited.document.value, intended)).toBe(true);
    expect(undoEdits(edited.text, edited.splices)).toBe(text);
    // Strict JSON stays strict JSON.
    if (!hasComments) expect(() => JSON.parse(edited.text.replace(/^\uFEFF/, '')) as unknown).not.toThrow();
  });
  fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 120) });
});
