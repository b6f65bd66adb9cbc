import { resolve } from 'node:path';
import { readConfig } from '../../config/document.ts';
import { planChanges } from '../../diagnosis/plan.ts';
import { planJson } from '../../diagnosis/plan-json.ts';
import { readReport } from '../../diagnosis/report.ts';
import { findProject, inProject, readPlanSources } from '../../project/load.ts';
import { findReport } from '../../study/inputs.ts';
import { studyError } from '../../study/errors.ts';
import { renderPlan } from '../plan-table.ts';
import { textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const named = { diagnostic: textOption(options, 'diagnostic'), config: textOption(options, 'config') };
  let reportFile = named.diagnostic && resolve(context.cwd, named.diagnostic);
  let configFile = named.config && resolve(context.cwd, named.config);
  if (reportFile === undefined || configFile === undefined || options['project'] !== undefined) {
    const project = await readPlanSources(await findProject(context.cwd, textOption(options, 'project')));
    reportFile = await findReport(project, named.diagnostic, context.cwd);
    configFile ??= inProject(project, project.baselineConfig);
  }
  if (reportFile === undefined) {
    throw studyError('REPORT_MISSING', 'There is no diagnostic report.', {
      remedy: 'Write diagnostic_report.md, or name the report with --diagnostic.',
    });
  }
  const report = await readReport(reportFile);
  const plan = planChanges(report, await readConfig(configFile));
  if (context.isJson) context.json(planJson(plan));
  else context.out(renderPlan(plan, context.color.stdout));
  return 0;
};
