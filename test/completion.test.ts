import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAWL } from './toy-project.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-completion-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = spawnSync(process.execPath, [PAWL, 'completion', shell], { encoding: 'utf8' });
    writeFileSync(join(folder, shell), stdout);
  }
  writeFileSync(join(folder, 'report.md'), '');
  mkdirSync(join(folder, 'runs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What Tab offers after the words. */
const ASK: Record<string, (words: readonly string[]) => string[]> = {
  bash: (words) => {
    const script = `source ./bash; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _pawl; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return lines('bash', script);
  },
  fish: (words) =>
    lines('fish', `source ./fish; complete -C '${words.join(' ')}'`).map((line) => line.split('\t')[0] ?? ''),
};

function lines(shell: string, script: string): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], { encoding: 'utf8', cwd: folder });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe.each(Object.entries(ASK).filter(([shell]) => has(shell)))('completion of %s', (_shell, ask) => {
  it.each([
    [['pawl', 'opt'], ['optimize']],
    [
      ['pawl', 'st'],
      ['status', 'stop'],
    ],
    [['pawl', 'optimize', '--att'], ['--attribute']],
    [
      ['pawl', 'optimize', '--evidence', ''],
      ['quick', 'standard', 'thorough'],
    ],
    [['pawl', 'optimize', '--diagnostic', 'rep'], ['report.md']],
    [
      ['pawl', 'completion', ''],
      ['bash', 'fish', 'zsh'],
    ],
    [['pawl', 'status', '--js'], ['--json']],
  ])('%j', (words, expected) => {
    expect(ask(words).toSorted()).toEqual(expected);
  });
});

it.runIf(has('zsh'))('zsh takes the script and completes with it', () => {
  const program = `autoload -Uz compinit && compinit -D -u && source ./zsh && whence -w _pawl && print $_comps[pawl]`;
  expect(lines('zsh', program)).toEqual(['_pawl: function', '_pawl']);
});

it('has a shell to try it in', () => {
  const wanted = process.env['CI'] === undefined ? ['bash'] : ['bash', 'zsh', 'fish'];
  expect(wanted.filter((shell) => !has(shell))).toEqual([]);
});
