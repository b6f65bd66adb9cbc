import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Choices } from '../fixtures/choices.ts';
import { randomEdits } from '../fixtures/random-edits.ts';
import { writeToml } from '../fixtures/toml-text.ts';
import { equalValues } from '../lookup.ts';
import { undoEdits } from '../splices.ts';
import { parseToml } from './document.ts';
import { tomlSyntax } from './syntax.ts';

const entropy = fc.array(fc.nat(1_000_000), { maxLength: 160, size: 'max' });

test('edits of generated documents hold', () => {
  const property = fc.property(entropy, entropy, (layout, changes) => {
    const text = writeToml(new Choices(layout));
    const document = tomlSyntax.parse(text, 'c.toml');
    const options = { hasNull: false, hasSpecialNumbers: true };
    const { edits, intended } = randomEdits(document.value, new Choices(changes), options);
    const edited = tomlSyntax.edit(document, edits);
    expect(equalValues(parseToml(edited.text, 'c.toml').value, intended)).toBe(true);
    expect(undoEdits(edited.text, edited.splices)).toBe(text);
  });
  fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 120) });
});
