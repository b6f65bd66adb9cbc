import type { Run, StudyOutcome, TrialResult } from '../study/types.ts';
import type { Check } from './checklist.ts';
import { meanOf } from './counted.ts';
import { toJsonable, type Jsonable } from './finite.ts';
import { signedAsLogged } from './view.ts';

/**
 * The document of `pawl optimize --json` and of optimization_results.json. `improvement` and every effect are oriented so
 * that + is better; `difference` is optimized − baseline as logged.
 */
export function outcomeJson(outcome: StudyOutcome, checks: readonly Check[] = []): Jsonable {
  const { metric, target, effect, gain, artifacts, study } = outcome;
  return toJsonable({
    schemaVersion: 1,
    decision: outcome.decision,
    reason: outcome.reason,
    next: outcome.next,
    iteration: outcome.iteration,
    verdict: outcome.verdict,
    verdictReason: outcome.verdictReason,
    metric,
    target:
      target === null
        ? { value: null, status: null, source: null, margin: null }
        : {
            value: target.value,
            status: target.status,
            source: target.source,
            margin: target.margin,
            measured: target.measured ?? null,
            interval: target.interval ?? null,
          },
    baseline: armOf(outcome.baseline),
    optimized: armOf(outcome.optimized),
    reference: armOf(outcome.reference),
    improvement: {
      ...effect,
      difference: signedAsLogged(effect.absolute, metric),
      gap: differenceOf(outcome.baseline.gap, outcome.optimized.gap),
    },
    gain: { ...gain, difference: signedAsLogged(gain.absolute, metric) },
    evidence: outcome.evidence ?? null,
    changes: outcome.changes,
    skipped: outcome.skipped,
    artifacts: {
      config: artifacts.config,
      report: artifacts.report,
      plot: artifacts.plot,
      plotSvg: artifacts.plotSvg,
      checklist: artifacts.checklist,
      json: artifacts.json,
    },
    runs: runsOf(outcome).map(runOf),
    checkpoints: outcome.checkpoints,
    checklist: checks,
    history: outcome.history,
    incumbent: outcome.incumbent,
    maxIterations: outcome.maxIterations,
    warnings: outcome.warnings,
    preflight: outcome.preflight,
    diagnosis: outcome.diagnosis,
    baselineConfig: outcome.baselineConfig,
    study,
    environment: outcome.environment,
  });
}

const differenceOf = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : to - from;

function armOf(result: TrialResult): object {
  const { trial } = result;
  return {
    train: result.train,
    val: result.mean,
    gap: result.gap,
    trial: trial.id,
    config: trial.config,
    configHash: trial.configHash,
    n: result.n,
    mean: result.mean,
    sd: result.sd,
    best: meanOf(result, (run) => run.value.best),
    last: result.last,
    trainLoss: result.trainLoss,
    valLoss: result.valLoss,
    epochsToBest: result.epochsToBest,
    epochs: result.epochs,
    secondsPerEpoch: result.secondsPerEpoch,
    seconds: result.seconds,
    peakMemoryBytes: result.peakMemoryBytes,
    cpuSeconds: result.cpuSeconds,
    gpuUtilization: result.gpuUtilization,
  };
}

function runsOf({ baseline, reference, optimized }: StudyOutcome): Run[] {
  const runs = [...baseline.runs, ...reference.runs, ...optimized.runs];
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

/** `value` is the run's figure; everything read from its curve stands in `curve`. */
function runOf(run: Run): object {
  const { id, trial, seed, status, value, ticket: _ticket, ...facts } = run;
  return {
    id,
    trial,
    seed,
    status,
    value: value?.value ?? null,
    ...facts,
    curve: value,
  };
}
