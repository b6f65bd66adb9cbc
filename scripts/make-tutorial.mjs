// Runs the commands of docs/tutorial.md in a copy of the examples and writes what they print below them.
// With --check it compares instead, but for times, dates and the ids of studies. Needs `npm run build` first.
//   node scripts/make-tutorial.mjs [--check]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(root, 'docs', 'tutorial.md');
const isCheck = process.argv.includes('--check');
const BLOCK = /^```console(?: \{(head|tail)=(\d+)\})?\n([\s\S]*?)^```$/gm;

/** What differs from run to run: times, dates, study ids, the folder. */
const masked = (text) =>
  text
    .replaceAll(/\b\d{8}-\d{6}-[\da-f]{4}\b/g, 'STUDY')
    .replaceAll(/\b20\d\d-\d\d-\d\d\b/g, 'DATE')
    .replaceAll(/\b(?:\d+h )?(?:\d+m )?\d+(?:\.\d+)?\s?(?:s|ms|min|m|h)\b/g, 'TIME');

const folder = mkdtempSync(join(tmpdir(), 'pawl-tutorial-'));
cpSync(join(root, 'examples', 'digits'), join(folder, 'examples', 'digits'), {
  recursive: true,
  filter: (path) =>
    !/\/(?:\.pawl|checkpoints|optimization|final)(?:\/|$)|(?:optimization|final)_config/.test(path),
});
let cwd = folder;

function run(command) {
  const marker = '__pawl_cwd__';
  const { stdout, stderr, status } = spawnSync(
    'bash',
    ['-c', `${command} 2>&1; code=$?; echo ${marker}$PWD; exit $code`],
    {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(root, 'bin')}:${process.env.PATH}`,
        NO_COLOR: '1',
        COLUMNS: '100',
      },
    },
  );
  const at = stdout.lastIndexOf(marker);
  cwd = stdout.slice(at + marker.length).trim();
  return { output: (stdout.slice(0, at) + stderr).replaceAll(folder, '~').trimEnd(), status };
}

let isStale = false;
const text = readFileSync(page, 'utf8');
const written = text.replaceAll(BLOCK, (block, end, count, body) => {
  const commands = body.split('\n').filter((line) => line.startsWith('$ '));
  const parts = commands.map((line) => {
    const { output } = run(line.slice(2));
    let lines = output === '' ? [] : output.split('\n');
    if (end === 'tail' && lines.length > Number(count)) lines = ['…', ...lines.slice(-Number(count))];
    if (end === 'head' && lines.length > Number(count)) lines = [...lines.slice(0, Number(count)), '…'];
    return [line, ...lines].join('\n');
  });
  const fresh = `\`\`\`console${end ? ` {${end}=${count}}` : ''}\n${parts.join('\n')}\n\`\`\``;
  if (masked(fresh) !== masked(block)) {
    isStale = true;
    if (isCheck) console.error(`docs/tutorial.md says:\n${block}\nbut it is:\n${fresh}\n`);
  }
  return fresh;
});
rmSync(folder, { recursive: true, force: true });
if (!isCheck) writeFileSync(page, written);
if (isCheck && isStale) process.exitCode = 1;
