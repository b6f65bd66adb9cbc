import type { Executor } from '../../execution/_contract.ts';
import type { Project } from '../../project/load.ts';
import { hashValue } from '../hash.ts';
import type { Launcher } from '../launch.ts';
import { hasResult } from '../results.ts';
import type { Session } from '../session.ts';
import { evaluate } from './evaluate.ts';
import { findTestMetric } from './test-metric.ts';
import type { FinalRecord, TestReading, TestValue } from './types.ts';
import type { FinalizeHooks, PlannedFinal } from './options.ts';

/** The look at the test data; null where no test metric is logged anywhere. */
export async function readTest(
  project: Project,
  hooks: FinalizeHooks,
  { record, emit, store }: Session,
  executor: Executor,
  launcher: Launcher,
  own: FinalRecord | undefined,
  planned: PlannedFinal,
): Promise<TestReading | 'interrupted' | null> {
  if (!own) throw new Error('the finalization was not begun');
  const { evaluate: command } = project.settings.finalize;
  const runs = [...record.runs.values()].filter(
    (run) => run.trial === own.trial && hasResult(run) && run.seed !== null && own.seeds.includes(run.seed),
  );
  const values: TestValue[] = [];
  const names = new Set<string>();
  for (const run of runs) {
    if (command !== undefined) {
      hooks.say(`Reading the test data for ${run.id}.`);
      const spec = launcher.evaluation(record, run, command);
      const isDone = await evaluate(executor, spec, hooks.interrupts, hashValue(command));
      if (!isDone) return 'interrupted';
    }
    const found = await findTestMetric(project, run, await store.curve(record.id, run.id), planned.test);
    if (!found) continue;
    names.add(found.metric);
    values.push(found.value);
  }
  const [metric] = names;
  if (metric === undefined) return null;
  const reading: TestReading = {
    at: hooks.now(),
    metric,
    values,
    isRepeated: record.finals.some((each) => each.number !== own.number && each.reading !== null),
  };
  await emit({ type: 'test-read', at: hooks.now(), final: own.number, reading });
  return reading;
}
