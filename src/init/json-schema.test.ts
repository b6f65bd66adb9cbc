import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectJsonSchema } from './json-schema.ts';

it('the shipped schema is up to date (node scripts/make-schema.mjs)', () => {
  const shipped: unknown = JSON.parse(
    readFileSync(new URL('../../schema/pawl.schema.json', import.meta.url), 'utf8'),
  );
  expect(shipped).toEqual(projectJsonSchema());
});
