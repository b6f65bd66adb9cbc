import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readConfig } from '../../config/document.ts';
import { checkProject } from '../../init/check.ts';
import { initError } from '../../init/errors.ts';
import type { Folder, FoundConfig } from '../../init/folder.ts';
import { lookAt } from '../../init/look.ts';
import { propose, type Proposal } from '../../init/propose.ts';
import { renderProject } from '../../init/render.ts';
import { schemaPath } from '../../init/schema-path.ts';
import { checkTarget, type Wishes } from '../../init/wishes.ts';
import { PROJECT_FILE } from '../../project/load.ts';
import { openPrompt, type Prompt } from '../ask.ts';
import type { Context } from '../context.ts';
import { describeFailure, failureJson } from '../fail.ts';
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
    config: await readWish(root, context.cwd, textOption(options, 'config')),
    metric: textOption(options, 'metric'),
    target: textOption(options, 'target'),
  };
  if (wishes.target !== undefined) checkTarget(wishes.target);
  const folder = await lookAt(root);
  const prompt = context.canAsk && !isDry && !flagOption(options, 'yes') ? openPrompt() : undefined;
  try {
    let proposal = demand(propose(folder, wishes), folder, root);
    if (prompt) {
      context.say(describeProposal(proposal, context.color.stderr));
      wishes = await refine(prompt, context, folder, root, proposal, wishes);
      proposal = demand(propose(folder, wishes), folder, root);
    }
    const text = renderProject(proposal, await schemaPath(root));
    if (!proposal.isComplete) return incomplete(context, shown, proposal, text, isDry);
    await checkProject(text, proposal.settings);
    if (prompt) {
      process.stderr.write(`\n${text}\n`);
      if (!(await prompt.confirm(`Write ${shown}?`))) {
        context.say('Nothing was written.');
        return 0;
      }
    }
    const kept = isDry ? null : await write(file, text, former);
    if (context.isJson) context.json(initJson({ file: shown, written: !isDry, kept, text }, proposal));
    else if (isDry) context.out(text);
    else
      context.out(
        `Wrote ${shown}${kept === null ? '' : ` (the former one is kept as ${kept})`}. Next: \`pawl plan\`, then \`pawl optimize --dry-run\`.\n`,
      );
    if (!prompt && !context.isJson) context.say(describeProposal(proposal, context.color.stderr));
    return 0;
  } finally {
    prompt?.close();
  }
};

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

/** The config of --config: it must exist and read as one. */
async function readWish(
  root: string,
  cwd: string,
  named: string | undefined,
): Promise<FoundConfig | undefined> {
  if (named === undefined) return undefined;
  const fromHere = resolve(cwd, named);
  const path = (await stat(fromHere).catch(() => undefined)) ? fromHere : resolve(root, named);
  const { value } = await readConfig(path);
  return { path: relative(root, path).split(sep).join('/'), value };
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

/** Asks for what decides, with what was found as the answer to Enter. */
async function refine(
  prompt: Prompt,
  context: Context,
  folder: Folder,
  root: string,
  { settings, guesses }: Proposal,
  wishes: Wishes,
): Promise<Wishes> {
  const others = (key: string): void => {
    const found = guesses.find((guess) => guess.key === key)?.alternatives ?? [];
    if (found.length > 0) context.say(`  or: ${found.join('\n      ')}`);
  };
  const refined: Wishes = { ...wishes };
  if (wishes.train === undefined) {
    others('train');
    const train = await prompt.ask('Training command', settings.train ?? '');
    if (train !== settings.train && train !== '') refined.train = train;
  }
  if (!wishes.config) {
    others('baseline.config');
    const config = await prompt.ask('Baseline config', settings.baseline.config ?? '');
    if (config !== settings.baseline.config && config !== '')
      refined.config = await readWish(root, root, config);
  }
  if (wishes.metric === undefined) {
    const names = folder.runs[0]?.metrics ?? [];
    if (names.length > 0) context.say(`  logged: ${names.slice(0, 12).join(', ')}`);
    const metric = await prompt.ask('Metric that decides', settings.metric);
    if (metric !== settings.metric) refined.metric = metric;
  }
  if (wishes.target === undefined) {
    const target = await prompt.ask(
      'Target (Enter for none)',
      settings.target === undefined ? '' : String(settings.target),
    );
    if (target !== '' && target !== String(settings.target)) {
      checkTarget(target);
      refined.target = target;
    }
  }
  return refined;
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

/** Writes at once or not at all; a former file is kept as pawl.yaml.previous-N. Returns its new name. */
async function write(file: string, text: string, former: string | undefined): Promise<string | null> {
  if (former === text) return null;
  await mkdir(dirname(file), { recursive: true });
  if (former === undefined) {
    await writeFile(file, text, { flag: 'wx' });
    return null;
  }
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  const kept = await keep(file, former);
  await rename(temporary, file);
  return kept;
}

async function keep(file: string, former: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = `${file}.previous-${n}`;
    try {
      await writeFile(name, former, { flag: 'wx' });
      return basename(name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

function showPath(cwd: string, file: string): string {
  const way = relative(cwd, file);
  return way.startsWith('..') ? file : way;
}
