import { existsSync } from 'node:fs';
import { findProject, loadProject } from '../../project/load.ts';
import { outcomeJson } from '../../report/document.ts';
import { writeReport } from '../../report/write.ts';
import { storeError } from '../../store/errors.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { loadConcluded } from '../../study/concluded.ts';
import { storeFile } from '../../study/session.ts';
import { rewriteSweep } from '../sweep-status.ts';
import { keepHeapSmall } from '../../report/heap.ts';
import { integerOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  keepHeapSmall();
  const file = storeFile(project.root);
  const wanted = integerOption(options, 'iteration', 1);
  const store = existsSync(file) ? await openSqliteStore(file) : undefined;
  try {
    const outcome = store && (await loadConcluded(store, wanted));
    if (outcome) {
      const { notes, checks } = await writeReport(outcome, project.root);
      for (const note of [...notes, ...(await rewriteSweep(store, outcome, project.root))]) context.say(note);
      if (context.isJson) context.json(outcomeJson(outcome, checks));
      else context.out(`${Object.values(outcome.artifacts).join('\n')}\n`);
      return 0;
    }
    throw storeError(
      'STUDY_NOT_FOUND',
      wanted === undefined
        ? 'No iteration has been concluded yet.'
        : `Iteration ${wanted} has not been concluded.`,
      {
        file,
        remedy: 'Run `pawl optimize` first.',
      },
    );
  } finally {
    await store?.close();
  }
};
