import type { Executor } from '../execution/_contract.ts';
import type { Point } from '../metrics/_contract.ts';
import type { Project } from '../project/load.ts';
import { planAttribution, writeArms } from './attribute.ts';
import { type EngineResult, runEngine } from './engine.ts';
import type { StudyEvent } from './events.ts';
import { changesSchedule, createFutilityJudge } from './futility.ts';
import type { Launcher } from './launch.ts';
import type { OptimizeHooks, OptimizeOptions, PlannedStudy } from './options.ts';
import type { Prepared } from './prepare.ts';
import { type StudyRecord, iterationOf } from './record.ts';
import { standingRuns } from './results.ts';
import type { Session } from './session.ts';
import { planSmoke, readSmoke } from './smoke.ts';
import { attribution } from './strategies/attribution.ts';
import { preflight } from './strategies/preflight.ts';
import { targeted } from './strategies/targeted.ts';
import type { Run } from './types.ts';
import { createWatcher } from './watch.ts';

/** Steps 3 and 4: check runs, the targeted comparison, attribution. */
export async function train(
  project: Project,
  options: OptimizeOptions,
  hooks: OptimizeHooks,
  session: Session,
  prepared: Prepared,
  executor: Executor,
  launcher: Launcher,
): Promise<EngineResult> {
  const { record, store, emit } = session;
  const { settings } = project;
  /** Curves of the reference, which early futility compares with. */
  const seen = new Map<string, readonly Point[]>();
  const references = iterationOf(record, options.iteration);
  const engine = {
    record,
    iteration: options.iteration,
    store,
    executor,
    launcher,
    slots: prepared.planned.slots,
    watch: createWatcher(project, record),
    stopsOnNan: settings.guards.nan,
    interrupts: hooks.interrupts,
    onEvent: (event: StudyEvent) => hooks.onEvent(event, record),
    onPoints: (run: Run, points: readonly Point[]) => {
      if (run.trial === references.reference) seen.set(run.id, points);
      hooks.onPoints(run, points, record);
    },
    now: hooks.now,
  };
  const iteration = iterationOf(record, options.iteration);
  const seed = iteration.seeds[0] ?? null;
  if (iteration.preflight === null && options.smoke && settings.smoke !== false) {
    hooks.onPhase('preflight');
    const smoke = await planSmoke(project, record, options.iteration, prepared.base, iteration.changes);
    for (const trial of smoke.trials) {
      if (!record.trials.has(trial.id)) await emit({ type: 'trial-added', at: hooks.now(), trial });
    }
    const strategy = preflight(smoke.ids, seed, { pointsWanted: smoke.pointsWanted });
    const result = await runEngine({ ...engine, strategy });
    if (result.kind !== 'done') return result;
    const findings = await readSmoke(project, record, store, smoke.ids, seed, iteration.changes);
    const warnings = findings
      .filter(({ status }) => status === 'failed')
      .map(({ what, detail }) => `${what}: no. ${detail}`);
    await emit({ type: 'preflight-done', at: hooks.now(), iteration: options.iteration, findings, warnings });
    for (const warning of warnings) hooks.say(`! ${warning}`);
  }
  hooks.onPhase('training');
  for (const trial of new Set([iteration.baseline, iteration.reference])) {
    for (const run of standingRuns(record, trial)) engine.onPoints(run, await store.curve(record.id, run.id));
  }
  const strategy = targeted({
    budgetMs: prepared.planned.budget.ms,
    judgeRun: options.earlyKill
      ? createFutilityJudge({
          candidate: iteration.optimized,
          reference: iteration.reference,
          plannedEpochs: prepared.planned.epochs.optimized,
          schedulesDiffer: changesSchedule(iteration.changes, prepared.base.value),
          pointsOf: (run) => seen.get(run) ?? [],
        })
      : () => null,
  });
  const result = await runEngine({ ...engine, strategy });
  if (result.kind !== 'verdict') return result;
  const plan = planAttribution(record, iteration, attributionBudget(record, options, prepared.planned));
  if (plan.arms.length === 0 || plan.seeds.length === 0 || plan.budget < plan.arms.length) return result;
  for (const trial of await writeArms(project, record.id, prepared.base, iteration, plan)) {
    if (!record.trials.has(trial.id)) await emit({ type: 'trial-added', at: hooks.now(), trial });
  }
  hooks.onPhase('attribution');
  const attributed = await runEngine({ ...engine, strategy: attribution(plan) });
  return attributed.kind === 'interrupted' ? attributed : result;
}

/** Trainings for attribution: all that are needed when it was asked for, else what an explicit budget leaves. */
function attributionBudget(record: StudyRecord, options: OptimizeOptions, planned: PlannedStudy): number {
  const { runs } = planned.budget;
  const left = runs === null ? Infinity : runs - countTrainings(record);
  if (options.attribute) return Math.max(0, left);
  return runs === null || planned.design.plannedPairs === 1 ? 0 : Math.max(0, left);
}

/** Full trainings that Pawl ran; check runs and adopted ones cost nothing of the budget. */
export function countTrainings(record: StudyRecord): number {
  return [...record.runs.values()].filter(
    (run) => run.status !== 'adopted' && record.trials.get(run.trial)?.kind !== 'smoke',
  ).length;
}

/** Whether the budget would pay for more. */
export function hasBudgetLeft(record: StudyRecord, planned: PlannedStudy): boolean {
  const { runs, ms } = planned.budget;
  const used = countTrainings(record);
  const spent = record.sessions.reduce(
    (sum, { openedAt, closedAt }) => sum + ((closedAt ?? openedAt) - openedAt),
    0,
  );
  return (runs === null || used < runs) && (ms === null || spent < ms);
}
