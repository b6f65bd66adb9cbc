/**
 * Which arms to run next, so that the effects of the changes are known best for the fewest trainings.
 *
 * First each change left out, on two seeds that the full trial already has (2k runs); then, budget allowing, greedily the
 * run that lowers Σ_i c_iᵀ P c_i most (A-optimality, Atkinson, Donev & Tobias 2007), c_i = x(all) − x(all ∖ i).
 */
import { dot, type Matrix, multiplyVector } from '../math/matrix.ts';
import { contrast, countTerms, designCovariance, modelRow, type ModelRun } from './attribution-model.ts';
import { evidenceError } from './errors.ts';

export interface ArmsQuestion {
  /** Number of changes that are not inert. */
  changes: number;
  /** Runs that exist or are under way. */
  runs: readonly ModelRun[];
  /** Trainings that may still be started. */
  budget: number;
  /** τ/σ: how strongly a seed moves all arms alike; the default is a correlation of 0.2. */
  tauOverSigma?: number;
  priorScale?: number;
}

export interface PlannedArm extends ModelRun {
  kind: 'leave-one-out' | 'single' | 'all' | 'none';
  /** Σ_i Var(effect_i) / σ² once this run is in. */
  criterion: number;
}

const SEEDS_PER_ARM = 2;

/** The runs to start, in order; fewer than the budget where no further arm or seed is left. */
export function chooseArms(question: ArmsQuestion): PlannedArm[] {
  const { changes, budget, tauOverSigma = 0.5, priorScale = 1 } = question;
  checkQuestion(question);
  const all = Array.from({ length: changes }, () => true);
  const seeds = sharedSeeds(question.runs);
  const columns = tauOverSigma > 0 ? [...new Set([...seeds, ...question.runs.map(({ seed }) => seed)])] : [];
  const contrasts = all.map((_, i) => modelContrast(all, leaveOut(all, i), columns));
  const covariance = designCovariance(changes, question.runs, columns, tauOverSigma, priorScale);
  let criterion = contrasts.reduce((sum, c) => sum + dot(c, multiplyVector(covariance, c)), 0);
  const done = new Set(question.runs.map(keyOf));
  const first = leaveOneOuts(all, seeds.slice(0, SEEDS_PER_ARM));
  const later = candidates(all, seeds);
  const planned: PlannedArm[] = [];
  while (planned.length < budget) {
    const open = first.filter((run) => !done.has(keyOf(run)));
    let best: { run: Candidate; gain: number; direction: Float64Array; scale: number } | undefined;
    for (const run of open.length > 0 ? open : later.filter((item) => !done.has(keyOf(item)))) {
      // One more row x: P − (P x)(P x)ᵀ / (1 + xᵀ P x).
      const row = modelRow(run, columns);
      const direction = multiplyVector(covariance, row);
      const scale = 1 + dot(row, direction);
      const gain = contrasts.reduce((sum, c) => sum + dot(c, direction) ** 2, 0) / scale;
      if (!best || gain > best.gain * (1 + 1e-9)) best = { run, gain, direction, scale };
    }
    if (!best) break;
    criterion -= best.gain;
    planned.push({ ...best.run, criterion });
    done.add(keyOf(best.run));
    downdate(covariance, best.direction, best.scale);
  }
  return planned;
}

/** P −= d dᵀ / scale, in place. */
function downdate(covariance: Matrix, direction: Float64Array, scale: number): void {
  for (let i = 0; i < covariance.rows; i++) {
    const factor = (direction[i] as number) / scale;
    for (let j = 0; j < covariance.cols; j++) {
      covariance.data[i * covariance.cols + j]! -= factor * (direction[j] as number);
    }
  }
}

function modelContrast(a: readonly boolean[], b: readonly boolean[], seeds: readonly number[]): Float64Array {
  const c = new Float64Array(countTerms(a.length) + seeds.length);
  c.set(contrast(a, b));
  return c;
}

function keyOf({ on, seed }: ModelRun): string {
  return `${on.join()}|${seed}`;
}

type Candidate = Omit<PlannedArm, 'criterion'>;

/** Seed by seed, so that every change has one run before any has two. */
function leaveOneOuts(all: readonly boolean[], seeds: readonly number[]): Candidate[] {
  if (all.length < 2) return [];
  return seeds.flatMap((seed) =>
    all.map((_, i) => ({ on: leaveOut(all, i), seed, kind: 'leave-one-out' as const })),
  );
}

function candidates(all: readonly boolean[], seeds: readonly number[]): Candidate[] {
  const none = all.map(() => false);
  return seeds.flatMap((seed) => [
    ...leaveOneOuts(all, [seed]),
    ...(all.length > 2
      ? all.map((_, i) => ({ on: none.map((_off, j) => i === j), seed, kind: 'single' as const }))
      : []),
    { on: all, seed, kind: 'all' as const },
    { on: none, seed, kind: 'none' as const },
  ]);
}

/** Seeds of the full trial, those that the baseline has as well first. */
function sharedSeeds(runs: readonly ModelRun[]): number[] {
  const of = (wanted: boolean) =>
    runs.filter(({ on }) => on.every((value) => value === wanted)).map(({ seed }) => seed);
  const baseline = new Set(of(false));
  const full = [...new Set(of(true))];
  return [...full.filter((seed) => baseline.has(seed)), ...full.filter((seed) => !baseline.has(seed))];
}

function leaveOut(all: readonly boolean[], position: number): boolean[] {
  return all.map((value, i) => value && i !== position);
}

function checkQuestion({ changes, runs, budget }: ArmsQuestion): void {
  if (!Number.isInteger(changes) || changes < 1) {
    throw evidenceError('EVIDENCE_ARMS_INVALID', `${changes} changes cannot be told apart.`);
  }
  if (!(budget >= 0)) throw evidenceError('EVIDENCE_BUDGET_INVALID', `The budget is ${budget} trainings.`);
  if (runs.some(({ on }) => on.length !== changes)) {
    throw evidenceError('EVIDENCE_ARMS_INVALID', `Every arm must name ${changes} changes.`);
  }
  if (!runs.some(({ on }) => on.every(Boolean))) {
    throw evidenceError('EVIDENCE_ARMS_INVALID', 'The trial with all changes has no run yet.', {
      remedy: 'Attribute after the optimized trial has been trained.',
    });
  }
}
