#!/usr/bin/env node
// Starts `pawl` for the plugin: the one that the project has installed, else the one on the PATH, else by npx the release
// that this plugin was made for. Needs nothing but Node.js.
import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const project = process.env.CLAUDE_PROJECT_DIR || process.cwd();
const isWindows = process.platform === 'win32';
const { version } = JSON.parse(
  readFileSync(new URL('../.claude-plugin/plugin.json', import.meta.url), 'utf8'),
);

/** `pawl` in the node_modules of the project, or of a folder above it. */
function installed() {
  try {
    const manifest = createRequire(join(project, 'package.json')).resolve('pawl/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    return [process.execPath, join(dirname(manifest), bin?.pawl ?? 'bin/pawl')];
  } catch {
    return undefined;
  }
}

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, isWindows ? 'pawl.cmd' : 'pawl');
    try {
      accessSync(file, isWindows ? constants.F_OK : constants.X_OK);
      return [file];
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

const [program, ...first] = installed() ?? onPath() ?? ['npx', '--yes', `pawl@${version}`];
// The arguments are the plugin's own, never a user's: a shell, which Windows needs for .cmd files, reads no foreign word.
const child = spawn(program, [...first, ...process.argv.slice(2)], {
  cwd: project,
  stdio: 'inherit',
  shell: isWindows && program !== process.execPath,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  process.stderr.write(`pawl could not be started: ${error.message}. Install it: see the README of Pawl.\n`);
  process.exitCode = 127;
});
child.once('exit', (code, signal) => {
  if (code !== 0 && program === 'npx')
    process.stderr.write(
      'pawl is neither in the project nor on the PATH. Install it: see the README of Pawl.\n',
    );
  process.exitCode = code ?? (signal ? 1 : 0);
});
