import { editConfig } from '../config/document.ts';
import { formatCommand } from '../execution/command.ts';
import type { Project } from '../project/load.ts';
import { toEdits } from './configure.ts';
import { createLauncher } from './launch.ts';
import type { Prepared } from './prepare.ts';

/** The command of the first optimized run; refuses changes that cannot be handed over as `overrides:` says. */
export async function previewCommand(project: Project, prepared: Prepared): Promise<string> {
  const { seedPath, gpusPerRun, base, start, configTarget } = prepared;
  const launcher = createLauncher({ project, seedPath, gpusPerRun });
  const { value } = editConfig(base, toEdits(start.changes)).document;
  const seed = start.seeds[0] ?? null;
  const run = `${start.optimized}${seed === null ? '' : `-s${seed}`}`;
  const argv = await launcher.preview(configTarget, value, {
    id: run,
    seed,
    output: `.pawl/runs/STUDY/${run}/output`,
    checkpoints: `checkpoints/optimization/STUDY/${run}`,
  });
  return project.settings.shell ? argv.join(' ') : formatCommand(argv);
}
