import { resolve } from 'node:path';
import { openJournal } from '../../ask-tell/journal.ts';
import { askTellError } from '../../ask-tell/errors.ts';
import { checkWish, serveAskTell, setupFrom } from '../../ask-tell/serve.ts';
import type { StudySetup } from '../../ask-tell/study.ts';
import type { Goal } from '../../metrics/_contract.ts';
import { takeLock } from '../../store/lock.ts';
import { searchInFile } from '../../study/sweep/written.ts';
import { integerOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  // Whoever listened may be gone; what was told is stored.
  process.stdout.once('error', () => process.exit(0));
  const spaceFile = textOption(options, 'space');
  const studyFile = textOption(options, 'study');
  const written = spaceFile === undefined ? undefined : await searchInFile(resolve(context.cwd, spaceFile));
  const wish = {
    method: textOption(options, 'method'),
    goal: textOption(options, 'goal') as Goal | undefined,
    seed: integerOption(options, 'seed', 0),
    trials: integerOption(options, 'trials', 1),
    steps: integerOption(options, 'steps', 1),
    pruner: textOption(options, 'pruner'),
  };
  checkWish(wish);
  const setup = written ? setupFrom(written.value, wish, written.place) : null;
  const file = studyFile === undefined ? undefined : resolve(context.cwd, studyFile);
  // Two programs on one file would hand out the same trial numbers.
  const release = file === undefined ? () => {} : takeLock(`${file}.lock`, () => {});
  try {
    const journal = file === undefined ? null : openJournal(file);
    try {
      if (setup && journal?.setup && isOther(setup, journal.setup)) {
        throw askTellError('ASK_TELL_STUDY_DIFFERS', `${studyFile} was begun with another space or goal.`, {
          file: studyFile,
          remedy: 'Leave --space away to go on with it, or name another file with --study.',
        });
      }
      await serveAskTell({
        input: process.stdin,
        answer: (reply) => void process.stdout.write(`${JSON.stringify(reply)}\n`),
        setup,
        wish,
        journal,
      });
    } finally {
      journal?.close();
    }
  } finally {
    release();
  }
  return 0;
};

const isOther = (a: StudySetup, b: StudySetup): boolean =>
  a.goal !== b.goal || JSON.stringify(a.space) !== JSON.stringify(b.space);
