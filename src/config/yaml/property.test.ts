import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Choices } from '../fixtures/choices.ts';
import { randomEdits } from '../fixtures/random-edits.ts';
import { writeYaml } from '../fixtures/yaml-text.ts';
import { equalValues } from '../lookup.ts';
import { undoEdits } from '../splices.ts';
import { yamlSyntax } from './syntax.ts';

const entropy = fc.array(fc.nat(1_000_000), { maxLength: 160, size: 'max' });

test.each([{ anchors: false }, { anchors: true }])('edits of generated documents hold, %o', (features) => {
  const property = fc.property(entropy, entropy, (layout, changes) => {
    const text = writeYaml(new Choices(layout), features);
    const document = yamlSyntax.parse(text, 'c.yaml');
    const { edits, intended } = randomEdits(document.value, new Choices(changes), {
      hasNull: true,
      hasSpecialNumbers: true,
    });
    const edited = yamlSyntax.edit(document, edits);
    expect(equalValues(yamlSyntax.parse(edited.text, 'c.yaml').value, intended)).toBe(true);
    expect(undoEdits(edited.text, edited.splices)).toBe(text);
  });
  fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 300) });
});
