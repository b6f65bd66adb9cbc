import { formatCommand } from '../../execution/command.ts';
import { planJson } from '../../diagnosis/plan-json.ts';
import { readPlan } from '../../study/read-plan.ts';
import { passedAs } from '../../study/passed-as.ts';
import { renderPlan } from '../plan-table.ts';
import { textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const plan = await readPlan(context.cwd, {
    diagnostic: textOption(options, 'diagnostic'),
    config: textOption(options, 'config'),
    project: textOption(options, 'project'),
  });
  const passed = await passedAs(context.cwd, textOption(options, 'project'), plan);
  if (context.isJson) context.json({ ...planJson(plan), ...(passed === null ? {} : { passed }) });
  else {
    context.out(renderPlan(plan, context.color.stdout));
    if (passed !== null) context.out(`\n${describePassed(passed)}\n`);
  }
  return 0;
};

function describePassed(passed: NonNullable<Awaited<ReturnType<typeof passedAs>>>): string {
  if ('refused' in passed) return `They cannot be handed to the training: ${passed.refused}`;
  const variables = Object.entries(passed.environment).map(([name, value]) => `${name}=${value}`);
  return `Handed to the training as: ${formatCommand([...variables, ...passed.argv])}`;
}
