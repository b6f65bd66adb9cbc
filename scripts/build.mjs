// Compiles src/ to dist/. Runs on `npm ci` (prepare) and `npm run build`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// `npx pawl` inside the checkout links the package into npm's cache and prepares it anew; what is built is good.
if (process.env['npm_command'] === 'exec' && existsSync(join(root, 'dist/cli/main.js'))) process.exit(0);

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
process.exit(status ?? 1);
