import { stat } from 'node:fs/promises';
import { readConfig } from '../config/document.ts';
import type { ConfigDocument } from '../config/_contract.ts';
import { PawlError } from '../errors.ts';
import { gateReport } from '../diagnosis/gate.ts';
import { planChanges } from '../diagnosis/plan.ts';
import { parseReport, readReport } from '../diagnosis/report.ts';
import type { Plan } from '../diagnosis/types.ts';
import { inProject, toProjectPath, type Project } from '../project/load.ts';
import { readTextFile } from './text-file.ts';

const REPORT_PLACES = [
  'diagnostic_report.md',
  'results/diagnostic_report.md',
  'phases/03_diagnostics/diagnostic_report.md',
  'phases/03_diagnostics/results/diagnostic_report.md',
  'reports/diagnostic_report.md',
  'docs/diagnostic_report.md',
];
const CHECKLIST_PLACES = [
  'diagnostics_complete.md',
  'phases/03_diagnostics/checklists/diagnostics_complete.md',
  'checklists/diagnostics_complete.md',
];

/** Something the gate found missing. */
export interface Missing {
  what: string;
  file: string | null;
  line: number | null;
}

export interface Inputs {
  /** null where there is no report. */
  plan: Plan | null;
  /** The config that the changes are applied to. */
  base: ConfigDocument;
  missing: Missing[];
  warnings: string[];
}

/** A report that is not on disk yet; `file` is relative to the project. */
export interface WrittenReport {
  file: string;
  text: string;
}

/** Where the project's report is: the option, pawl.yaml, or the usual places. */
export async function findReport(
  project: { root: string; diagnostic: string | undefined },
  named: string | undefined,
  cwd: string,
): Promise<string | undefined> {
  if (named !== undefined) {
    const fromHere = inProject({ root: cwd }, named);
    return (await exists(fromHere)) ? fromHere : inProject(project, named);
  }
  if (project.diagnostic !== undefined) return inProject(project, project.diagnostic);
  return firstExisting(project, REPORT_PLACES);
}

/** Step 1: reads report, checklist and config, plans the changes and says what the gate misses. */
export async function loadInputs(
  project: Project,
  report: string | WrittenReport | undefined,
  baseFile: string,
): Promise<Inputs> {
  const base = await readConfig(baseFile);
  const missing: Missing[] = [];
  if (report === undefined) {
    missing.push({
      what: `the diagnostic report (looked for ${REPORT_PLACES.join(', ')})`,
      file: null,
      line: null,
    });
    return { plan: null, base, missing, warnings: [] };
  }
  const file = typeof report === 'string' ? report : inProject(project, report.file);
  const parsed = await (
    typeof report === 'string' ? readReport(report) : Promise.resolve(parseReport(report.text, file))
  ).catch((error: unknown) => {
    if (!(error instanceof PawlError)) throw error;
    if (error.code === 'REPORT_NOT_FOUND' || error.code === 'REPORT_EMPTY') {
      missing.push({ what: error.message, file: toProjectPath(project, file), line: null });
      return undefined;
    }
    throw error;
  });
  if (!parsed) return { plan: null, base, missing, warnings: [] };
  const plan = planChanges(parsed, base);
  plan.diagnosis.file = toProjectPath(project, file);
  const checklistFile =
    project.settings.checklist === undefined
      ? await firstExisting(project, CHECKLIST_PLACES)
      : inProject(project, project.settings.checklist);
  const checklist =
    checklistFile === undefined
      ? undefined
      : { file: toProjectPath(project, checklistFile), text: await readTextFile(checklistFile) };
  const gate = gateReport(plan, checklist);
  missing.push(
    ...gate.missing.map(({ what, file, line }) => ({
      what,
      file: file ?? plan.diagnosis.file,
      line: line ?? null,
    })),
  );
  return { plan, base, missing, warnings: gate.warnings };
}

async function firstExisting(
  project: Pick<Project, 'root'>,
  places: readonly string[],
): Promise<string | undefined> {
  for (const place of places) {
    const file = inProject(project, place);
    if (await exists(file)) return file;
  }
  return undefined;
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}
