import { planJson } from '../../diagnosis/plan-json.ts';
import { readPlan } from '../../study/read-plan.ts';
import { renderPlan } from '../plan-table.ts';
import { textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const plan = await readPlan(context.cwd, {
    diagnostic: textOption(options, 'diagnostic'),
    config: textOption(options, 'config'),
    project: textOption(options, 'project'),
  });
  if (context.isJson) context.json(planJson(plan));
  else context.out(renderPlan(plan, context.color.stdout));
  return 0;
};
