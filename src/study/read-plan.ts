import { resolve } from 'node:path';
import { readConfig } from '../config/document.ts';
import { planChanges } from '../diagnosis/plan.ts';
import { readReport } from '../diagnosis/report.ts';
import type { Plan } from '../diagnosis/types.ts';
import { findProject, inProject, readPlanSources } from '../project/load.ts';
import { studyError } from './errors.ts';
import { findReport } from './inputs.ts';
import { sharedWarning } from './measurement.ts';

/** What a report asks for; report and config are the project's where they are not named. */
export async function readPlan(
  cwd: string,
  named: { diagnostic?: string | undefined; config?: string | undefined; project?: string | undefined },
): Promise<Plan> {
  let reportFile = named.diagnostic && resolve(cwd, named.diagnostic);
  let configFile = named.config && resolve(cwd, named.config);
  if (reportFile === undefined || configFile === undefined || named.project !== undefined) {
    const project = await readPlanSources(await findProject(cwd, named.project));
    reportFile = await findReport(project, named.diagnostic, cwd);
    configFile ??= inProject(project, project.baselineConfig);
  }
  if (reportFile === undefined) {
    throw studyError('REPORT_MISSING', 'There is no diagnostic report.', {
      remedy: 'Write diagnostic_report.md, or name the report with --diagnostic.',
    });
  }
  const report = await readReport(reportFile);
  const plan = planChanges(report, await readConfig(configFile));
  const onBothSides = sharedWarning(plan.changes).map((message) => ({ message, line: null }));
  return { ...plan, warnings: [...plan.warnings, ...onBothSides] };
}
