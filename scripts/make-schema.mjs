// Writes schema/pawl.schema.json, by which editors complete and check pawl.yaml, from src/project/schema.ts.
// Needs `npm run build` first.
//   node scripts/make-schema.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectJsonSchema } from '../dist/init/json-schema.js';

const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'schema', 'pawl.schema.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(projectJsonSchema(), null, 2)}\n`);
console.log(file);
