import { editConfig, readConfig } from '../config/document.ts';
import type { Passed } from '../config/overrides/_contract.ts';
import type { Plan } from '../diagnosis/types.ts';
import { PawlError } from '../errors.ts';
import { parseCommand } from '../execution/command.ts';
import { findProject, inProject, loadProject, readPlanSources } from '../project/load.ts';
import { toEdits } from './configure.ts';
import { isFileStyle, openPassing } from './passing.ts';

/** What the planned changes are as arguments of the project's training; null where its config file brings them. */
export async function passedAs(
  cwd: string,
  named: string | undefined,
  plan: Plan,
): Promise<Passed | { refused: string } | null> {
  const file = await findProject(cwd, named).catch(() => undefined);
  if (file === undefined || !(await readPlanSources(file)).hasOverrides) return null;
  const project = await loadProject(file);
  const { settings } = project;
  if (isFileStyle(settings) || plan.changes.length === 0) return null;
  try {
    const words =
      typeof settings.train !== 'string'
        ? settings.train
        : settings.shell
          ? [settings.train]
          : parseCommand(settings.train);
    const base = await readConfig(inProject(project, settings.baseline.config));
    const { pass } = await openPassing(project, words);
    return pass(base, editConfig(base, toEdits(plan.changes)).document.value);
  } catch (error) {
    if (!(error instanceof PawlError)) throw error;
    return { refused: error.message };
  }
}
