import { runBriefly, type BriefRun } from '../../execution/brief.ts';
import { formatCommand } from '../../execution/command.ts';
import { toPlain } from '../../report/plain.ts';
import { initError } from '../errors.ts';
import { helpCommand } from './help-command.ts';
import { readHelp, type HelpText } from './read-help.ts';
import type { Help } from './start.ts';

/** Importing a deep-learning library alone takes up to half a minute on a slow disk. */
const TIMEOUT_MS = 60_000;
const MOST_BYTES = 1 << 20;
/** Wide enough that few lines are wrapped; no colours, no pager. */
const ENVIRONMENT = {
  COLUMNS: '200',
  NO_COLOR: '1',
  TERM: 'dumb',
  PAGER: 'cat',
  PYTHONDONTWRITEBYTECODE: '1',
};

/**
 * Runs a command with `--help` instead of its arguments and reads what it prints; only for somebody who asked for it. A
 * program of sub-commands is asked once more, about the one that trains.
 */
export async function askHelp(words: readonly string[], root: string, signal?: AbortSignal): Promise<Help> {
  const ask = async (base: readonly string[]): Promise<{ text: HelpText; run: BriefRun }> => {
    const run = await runBriefly([...base, '--help'], {
      cwd: root,
      environment: ENVIRONMENT,
      timeoutMs: TIMEOUT_MS,
      mostBytes: MOST_BYTES,
      signal,
    });
    const texts = [run.stdout, run.stderr].map((text) => readHelp(text));
    return { text: texts.find(isTelling) ?? (texts[0] as HelpText), run };
  };
  let command = helpCommand(words);
  let { text, run } = await ask(command.base);
  if (text.flags.length === 0 && text.commands.length > 0 && run.end === 'exit') {
    const chosen = chooseCommand(text.commands, command.args);
    if (chosen !== undefined) {
      command = helpCommand(words, text.commands);
      if (command.base.at(-1) !== chosen) command = { ...command, base: [...command.base, chosen] };
      ({ text, run } = await ask(command.base));
    }
  }
  if (text.flags.length > 0) return { command, flags: text.flags };
  throw initError('INIT_HELP_FAILED', whyNot(formatCommand([...command.base, '--help']), run), {
    remedy:
      'Run it by hand to see what it says; or name the command with its flags and {config} {output} {seed} by --train.',
  });
}

function isTelling({ flags, commands }: HelpText): boolean {
  return flags.length > 0 || commands.length > 0;
}

function chooseCommand(commands: readonly string[], args: readonly string[]): string | undefined {
  return (
    commands.find((name) => args[0] === name) ??
    commands.find((name) => /^(?:train|fit|run)$/.test(name)) ??
    commands.find((name) => /train|fit|run/.test(name))
  );
}

function whyNot(command: string, { end, code, stdout, stderr }: BriefRun): string {
  const last = toPlain((stderr.trim() || stdout.trim()).split('\n').at(-1) ?? '', 200);
  const said = last === '' ? '' : ` It said: ${last}`;
  switch (end) {
    case 'not-started':
      return `\`${command}\` could not be started: there is no such program.`;
    case 'timeout':
      return `\`${command}\` did not end within ${TIMEOUT_MS / 1000} s and was stopped; perhaps it ignores --help.${said}`;
    case 'too-long':
      return `\`${command}\` printed more than ${MOST_BYTES / 1024 / 1024} MB and was stopped; perhaps it ignores --help.`;
    case 'aborted':
      return `\`${command}\` was interrupted.`;
    case 'exit':
      return `\`${command}\` printed no flags${code === 0 ? '' : ` (${code === null ? 'a signal ended it' : `exit code ${code}`})`}.${said}`;
  }
}
