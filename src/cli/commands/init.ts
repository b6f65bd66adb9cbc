import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { checkDerived, checkProject } from '../../init/check.ts';
import { formatCommand, parseCommand } from '../../execution/command.ts';
import { initError } from '../../init/errors.ts';
import type { Folder } from '../../init/folder.ts';
import { helpCommand } from '../../init/help/help-command.ts';
import type { Help } from '../../init/help/start.ts';
import { lookAt } from '../../init/look.ts';
import type { Proposal } from '../../init/proposal.ts';
import { propose } from '../../init/propose.ts';
import { renderProject } from '../../init/render.ts';
import { schemaPath } from '../../init/schema-path.ts';
import { checkTarget, readConfigWish, type Wishes } from '../../init/wishes.ts';
import { writeDerived, writeProject } from '../../init/write.ts';
import { PROJECT_FILE } from '../../project/load.ts';
import { openPrompt } from '../ask.ts';
import type { Context } from '../context.ts';
import { describeFailure, failureJson } from '../../failure.ts';
import { refine } from '../init-questions.ts';
import { describeProposal, initJson } from '../init-text.ts';
import { flagOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const root = await findRoot(context.cwd, textOption(options, 'project'));
  const file = join(root, PROJECT_FILE);
  const shown = showPath(context.cwd, file);
  const former = await readFile(file, 'utf8').catch(() => undefined);
  const isDry = flagOption(options, 'dryRun');
  if (former !== undefined && !flagOption(options, 'force') && !isDry) {
    throw initError('INIT_EXISTS', `${shown} exists already.`, {
      file: shown,
      remedy:
        'Edit it, or replace it with --force (the old one is kept beside it). --dry-run shows a proposal.',
    });
  }
  let wishes: Wishes = {
    train: textOption(options, 'train'),
    config: await readConfigWish(root, context.cwd, textOption(options, 'config')),
    metric: textOption(options, 'metric'),
    target: textOption(options, 'target'),
  };
  if (wishes.target !== undefined) checkTarget(wishes.target);
  const folder = await lookAt(root);
  const prompt = context.canAsk && !isDry && !flagOption(options, 'yes') ? openPrompt() : undefined;
  try {
    let proposal = demand(propose(folder, wishes), folder, root);
    let help = flagOption(options, 'runHelp') ? await helpOf(proposal, root) : undefined;
    if (help) proposal = demand(propose(folder, wishes, help), folder, root);
    if (prompt) {
      context.say(describeProposal(proposal, context.color.stderr));
      const former = wishes.train;
      wishes = await refine(prompt, context, folder, root, proposal, wishes);
      // It told of another command.
      if (wishes.train !== former) help = undefined;
      proposal = demand(propose(folder, wishes, help), folder, root);
      const question = help ? undefined : helpQuestion(proposal);
      if (question !== undefined && (await prompt.confirm(question, false))) {
        help = await helpOf(proposal, root);
        proposal = demand(propose(folder, wishes, help), folder, root);
        context.say(describeProposal(proposal, context.color.stderr));
      }
    }
    const text = renderProject(proposal, await schemaPath(root));
    if (!proposal.isComplete) return incomplete(context, shown, proposal, text, isDry);
    await checkProject(text, proposal.settings);
    if (proposal.derived) await checkDerived(proposal.derived);
    if (prompt) {
      process.stderr.write(`\n${text}\n`);
      if (!(await prompt.confirm(`Write ${shown}?`))) {
        context.say('Nothing was written.');
        return 0;
      }
    }
    if (!isDry && proposal.derived)
      await writeDerived(join(root, proposal.derived.path), proposal.derived.text);
    const kept = isDry ? null : await writeProject(file, text, former);
    if (context.isJson) context.json(initJson({ file: shown, written: !isDry, kept, text }, proposal));
    else if (isDry) {
      context.out(text);
      if (proposal.derived) context.out(`\n# ── ${proposal.derived.path} ──\n${proposal.derived.text}`);
    } else
      context.out(
        `Wrote ${shown}${proposal.derived ? ` and ${proposal.derived.path}` : ''}${kept === null ? '' : ` (the former one is kept as ${kept})`}. Next: \`pawl plan\`, then \`pawl optimize --dry-run\`.\n`,
      );
    if (!prompt && !context.isJson) context.say(describeProposal(proposal, context.color.stderr));
    return 0;
  } finally {
    prompt?.close();
  }
};

/** What the training command says to --help. Whoever calls this was told to run it. */
async function helpOf({ settings }: Proposal, root: string): Promise<Help> {
  if (settings.train === null || settings.shell)
    throw initError(
      'INIT_HELP_FAILED',
      settings.train === null
        ? 'No training command was found whose --help could be read.'
        : 'The training command needs a shell, so what of it takes --help is not known.',
      { remedy: "Name the program with --train, such as --train 'python train.py'." },
    );
  const { askHelp } = await import('../../init/help/ask-help.ts');
  return askHelp(parseCommand(settings.train), root);
}

/** The question whether to run the command with --help, where reading left something open. */
function helpQuestion({ settings, missing, isComplete }: Proposal): string | undefined {
  if (settings.train === null || settings.shell) return undefined;
  if (isComplete && !missing.some(({ write }) => write.includes('--run-help'))) return undefined;
  const command = formatCommand([...helpCommand(parseCommand(settings.train)).base, '--help']);
  return `Run \`${command}\` to read its flags?`;
}

async function findRoot(cwd: string, named: string | undefined): Promise<string> {
  const path = resolve(cwd, named ?? '.');
  const root = basename(path) === PROJECT_FILE ? dirname(path) : path;
  const info = await stat(root).catch(() => undefined);
  if (info?.isDirectory()) return root;
  throw initError(
    'INIT_FOLDER_NOT_FOUND',
    info ? `${named} is not a folder.` : `There is no folder ${named}.`,
    {
      file: named,
      remedy: 'Name the folder of your training code.',
    },
  );
}

function demand(proposal: Proposal | undefined, folder: Folder, root: string): Proposal {
  if (proposal) return proposal;
  throw initError(
    'INIT_NOTHING_FOUND',
    folder.files.length === 0
      ? `${root} is empty.`
      : `${root} holds neither a training script nor a config, a log or a report (looked at ${folder.files.length} files).`,
    { remedy: 'Run it in the folder of your training code, or give --train, --config and --metric.' },
  );
}

/** Nothing is written that could not work; what there is is shown, and what is missing is said. */
function incomplete(
  context: Context,
  file: string,
  proposal: Proposal,
  text: string,
  isDry: boolean,
): number {
  const lacks = proposal.missing.filter(({ key }) => key === 'train' || key === 'baseline.config');
  const failure = describeFailure(
    initError(
      'INIT_INCOMPLETE',
      `${file} was not written: ${lacks.map(({ message }) => message).join(' ')}`,
      {
        remedy: lacks.map(({ write }) => write).join(' '),
      },
    ),
  );
  if (context.isJson)
    context.json({
      ...initJson({ file, written: false, kept: null, text }, proposal),
      ...(isDry ? {} : failureJson(failure)),
    });
  else context.out(text);
  context.say(describeProposal(proposal, context.color.stderr));
  if (isDry) return 0;
  process.stderr.write(`✗ ${failure.code}: ${file} was not written; see what is missing above.\n`);
  return failure.exit;
}

function showPath(cwd: string, file: string): string {
  const way = relative(cwd, file);
  return way.startsWith('..') ? file : way;
}
