import { join } from 'node:path';
import type { ConfigDocument } from '../config/_contract.ts';
import type { Change } from '../diagnosis/types.ts';
import { attribute, type ArmRun, type Attribution } from '../evidence/attribution.ts';
import { PawlError } from '../errors.ts';
import type { Project } from '../project/load.ts';
import { writeEdited } from './configure.ts';
import { hasResult, standingRuns } from './results.ts';
import { runsOf, type IterationRecord, type StudyRecord } from './record.ts';
import { inertPaths } from './smoke.ts';
import type { AttributionPlan } from './strategies/attribution.ts';
import type { ChangeOutcome, MetricChoice, Trial } from './types.ts';

const SEEDS_PER_ARM = 2;

/** The changes whose effect is asked for: what the training ignores and what both sides have is neither theirs nor shared. */
function activeChanges(record: StudyRecord, iteration: IterationRecord): Change[] {
  const inert = new Set(inertPaths(iteration.preflight));
  const shared = sharedPaths(record, iteration);
  return iteration.changes.filter((change) => !inert.has(change.path) && !shared.has(change.path));
}

/** Changes that the reference was given too, because they decide what is measured. */
function sharedPaths(record: StudyRecord, iteration: IterationRecord): Set<string> {
  const reference = record.trials.get(iteration.reference);
  return new Set(reference?.kind === 'baseline' ? reference.changes.map(({ path }) => path) : []);
}

/** What attribution would run: every active change left out once, on seeds that both trials have. */
export function planAttribution(
  record: StudyRecord,
  iteration: IterationRecord,
  budget: number,
): AttributionPlan {
  const reference = new Set(seedsWithResult(record, iteration.reference));
  const seeds = seedsWithResult(record, iteration.optimized).filter((seed) => reference.has(seed));
  const arms = activeChanges(record, iteration).map((change) => ({
    path: change.path,
    trial: armId(iteration, change),
  }));
  return { arms: arms.length < 2 ? [] : arms, seeds: seeds.slice(0, SEEDS_PER_ARM), budget };
}

/** Writes the configs of the leave-one-out trials. */
export async function writeArms(
  project: Project,
  study: string,
  base: ConfigDocument,
  iteration: IterationRecord,
  plan: AttributionPlan,
): Promise<Trial[]> {
  const extension = base.format === 'yaml' ? '.yaml' : `.${base.format}`;
  return Promise.all(
    plan.arms.map(async ({ path, trial: id }): Promise<Trial> => {
      const changes = iteration.changes.filter((change) => change.path !== path);
      const target = join('.pawl', 'trials', study, `${id}${extension}`);
      const written = await writeEdited(project, base, changes, target, () => {});
      return {
        id,
        kind: 'without',
        iteration: iteration.iteration,
        label: `Without ${path}`,
        changes,
        ...written,
      };
    }),
  );
}

/** The attribution of an iteration; undefined where no leave-one-out run has a result. */
export function attributeChanges(
  record: StudyRecord,
  iteration: IterationRecord,
  metric: MetricChoice,
): { attribution: Attribution; active: Change[] } | undefined {
  const active = activeChanges(record, iteration);
  const runs: ArmRun[] = [];
  const collect = (trial: string, on: boolean[]): void => {
    for (const run of standingRuns(record, trial)) {
      if (hasResult(run) && run.seed !== null) runs.push({ on, seed: run.seed, value: run.value.value });
    }
  };
  collect(
    iteration.reference,
    active.map(() => false),
  );
  collect(
    iteration.optimized,
    active.map(() => true),
  );
  const before = runs.length;
  for (const change of active)
    collect(
      armId(iteration, change),
      active.map((other) => other !== change),
    );
  if (runs.length === before || active.length < 2) return undefined;
  try {
    return { attribution: attribute({ changes: active.map(() => ({})), runs, goal: metric.goal }), active };
  } catch (error) {
    // Too little to attribute from (one seed only): reported as not separated.
    if (error instanceof PawlError && error.code === 'EVIDENCE_ARMS_INVALID') return undefined;
    throw error;
  }
}

/** What is known of each change alone. */
export function changeOutcomes(
  record: StudyRecord,
  iteration: IterationRecord,
  metric: MetricChoice,
): { changes: ChangeOutcome[]; advice: string[] } {
  const attributed = attributeChanges(record, iteration, metric);
  const active = activeChanges(record, iteration);
  const shared = sharedPaths(record, iteration);
  const advice: string[] = [];
  const changes = iteration.changes.map((change): ChangeOutcome => {
    const recommendation = iteration.diagnosis.recommendations.find(
      ({ number }) => number === change.recommendation,
    );
    const expected = recommendation?.expected ?? null;
    if (shared.has(change.path)) {
      const note = 'made on both sides: it decides which examples are measured, and is no part of the gain';
      const effect = { label: 'not-separated', estimate: null, low: null, high: null, note } as const;
      return { ...change, expected, effect, onBothSides: true };
    }
    const position = active.indexOf(change);
    const found = attributed?.attribution.effects[position];
    if (position < 0) {
      const shown = iteration.preflight?.find(({ what }) => what === `${change.path} takes effect`)?.detail;
      const note = `the training ignores it: ${shown ?? 'its check run was identical to the baseline'}`;
      return { ...change, expected, effect: { label: 'inert', estimate: null, low: null, high: null, note } };
    }
    if (found && found.label !== 'inert') {
      if (found.isDropped) {
        const chance = Math.round((found.pWithoutBetter ?? 0) * 100);
        advice.push(
          `Consider dropping ${change.path}: the trial is better without it with a probability of ${chance} %. The smaller set is a new trial that must pass the test: pawl optimize --fresh --without ${change.path}`,
        );
      }
      const note = 'left out on shared seeds, the others kept; 90 % interval';
      return {
        ...change,
        expected,
        effect: { label: found.label, estimate: found.effect, low: found.low, high: found.high, note },
      };
    }
    const others = active.length - 1;
    const note =
      others === 0
        ? 'the only change that takes effect: the whole difference is its own'
        : `tried only together with ${others} other change${others === 1 ? '' : 's'}; its own part is not known (--attribute finds out)`;
    return {
      ...change,
      expected,
      effect: { label: 'not-separated', estimate: null, low: null, high: null, note },
    };
  });
  return { changes, advice };
}

function armId(iteration: IterationRecord, change: Change): string {
  return `without-${iteration.iteration}-${iteration.changes.indexOf(change) + 1}`;
}

function seedsWithResult(record: StudyRecord, trial: string): number[] {
  return runsOf(record, trial).flatMap((run) => (hasResult(run) && run.seed !== null ? [run.seed] : []));
}
