// Compiles assembly/wandb-scanner (AssemblyScript) and writes its WebAssembly into src/metrics/wandb/scanner-code.ts.
// With --check it only says whether that is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src', 'metrics', 'wandb', 'scanner-code.ts');
let code;
const { error, stderr } = await asc.main(
  ['index.ts', '-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--outFile', 'scanner.wasm'],
  {
    readFile: (name) => read(join(root, 'assembly', 'wandb-scanner', name)),
    listFiles: () => [],
    writeFile: (_, contents) => {
      code = contents;
    },
  },
);
process.stderr.write(stderr.toString());
if (error) throw error;
const base64 = Buffer.from(code).toString('base64');
const text = `// Made by scripts/make-scanner.mjs from assembly/wandb-scanner; not to be edited.
export const SCANNER_CODE =
  '${base64}';
`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (read(target) !== text) {
  process.stderr.write(
    'src/metrics/wandb/scanner-code.ts is out of date: run node scripts/make-scanner.mjs\n',
  );
  process.exitCode = 1;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
