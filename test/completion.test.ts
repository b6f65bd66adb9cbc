import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  // A terminal of its own, in which Tab is pressed: what zsh finds is written down as it is found.
  zsh: (words) => {
    const answer = join(folder, `hits-${randomUUID()}`);
    const script = `zmodload zsh/zpty; zpty -b shell zsh -f -i
zpty -w shell 'PS1=; autoload -Uz compinit && compinit -D -u; source ./zsh'
zpty -w shell 'compadd () { local -a hits; builtin compadd -O hits "$@"; (( $#hits )) && print -rl -- $hits >> ${answer}; builtin compadd "$@" }'
zpty -w shell 'complete-all () { zle complete-word; : > ${answer}.done }; zle -C complete-word complete-word _generic; zle -N complete-all; bindkey "^X" complete-all'
zpty -w shell ': > ${answer}.ready'
for i in {1..300}; do [[ -e ${answer}.ready ]] && break; sleep 0.05; done
zpty -n -w shell '${words.join(' ')}'$'\\x18'
for i in {1..300}; do [[ -e ${answer}.done ]] && break; sleep 0.05; done
zpty -d shell`;
    lines('zsh', script);
    const hits = existsSync(answer) ? readFileSync(answer, 'utf8').split('\n') : [];
    return [...new Set(hits)].filter((line) => line !== '');
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
    [
      ['pawl', 'sweep', '--method', ''],
      ['auto', 'cma-es', 'gp', 'grid', 'random', 'sobol', 'tpe'],
    ],
    [
      ['pawl', 'compare', '--select', ''],
      ['best', 'last'],
    ],
    [['pawl', 'metrics', '--format', 'tf'], ['tfevents']],
    [['pawl', 'metrics', 'rep'], ['report.md']],
  ])('%j', (words, expected) => {
    expect(ask(words).toSorted()).toEqual(expected);
  });
});

it('has a shell to try it in', () => {
  const wanted = process.env['CI'] === undefined ? ['bash'] : ['bash', 'zsh', 'fish'];
  expect(wanted.filter((shell) => !has(shell))).toEqual([]);
});
