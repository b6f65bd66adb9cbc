import type { Folder } from '../init/folder.ts';
import type { Proposal } from '../init/proposal.ts';
import { checkTarget, readConfigWish, type Wishes } from '../init/wishes.ts';
import type { Prompt } from './ask.ts';
import type { Context } from './context.ts';

/** Asks for what decides, with what was found as the answer to Enter. */
export async function refine(
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
      refined.config = await readConfigWish(root, root, config);
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
