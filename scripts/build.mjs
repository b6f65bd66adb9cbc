// Compiles src/ to dist/ (the library), and bundles the two commands to dist/bundle, so that they start with a dozen
// files instead of hundreds. Runs on `npm ci` (prepare) and `npm run build`.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(root, 'dist', 'bundle');
// `npx pawl` inside the checkout links the package into npm's cache and prepares it anew; what is built is good.
if (process.env['npm_command'] === 'exec' && existsSync(join(bundle, 'pawl.js'))) process.exit(0);

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
// A type error fails the build, but what was emitted can still be tried.
if (status !== 0) process.exitCode = status ?? 1;

const { rolldown } = await import('rolldown');
const build = await rolldown({
  input: {
    pawl: join(root, 'dist/cli/main.js'),
    'pawl-train': join(root, 'dist/trainer/main.js'),
    // A thread's, started by its name beside the code that starts it.
    'ahead-worker': join(root, 'dist/metrics/wandb/ahead-worker.js'),
  },
  platform: 'node',
  // Native binaries, and what only plots need, stay where npm put them.
  external: ['libsql', '@resvg/resvg-js', 'vega', 'vega-lite', /^@expo-google-fonts/],
  resolve: { mainFields: ['module', 'main'] },
  logLevel: 'warn',
});
// Built beside and moved into place: a command that is started meanwhile finds the old bundle or the new one.
const fresh = `${bundle}-${process.pid}`;
await build.write({
  dir: fresh,
  format: 'esm',
  chunkFileNames: '[name]-[hash].js',
  minify: { mangle: true, compress: true, codegen: true },
});
await build.close();
rmSync(bundle, { recursive: true, force: true });
renameSync(fresh, bundle);
