import { parsePath } from '../../config/path.ts';
import { isPending, lastRunOf, shouldRepeat } from '../attempts.ts';
import type { Conclusion, RunRequest, Stop, Strategy, StrategyView } from './_contract.ts';
import type { StudyRecord } from '../record.ts';
import type { RunEndCode } from '../run-ends.ts';
import type { Run } from '../types.ts';

export interface SmokeTrials {
  /** Trained twice with one seed, to see whether training is deterministic. */
  baseline: string;
  repeat: string;
  /** All changes together. */
  optimized: string;
  /** Each change alone, by its path. */
  single: { path: string; trial: string }[];
}

/** Changes that act over epochs or on bookkeeping: a run of one epoch cannot show them. */
const INVISIBLE =
  /patience|epoch|sched|warm_?up|early_?stop|min_delta|anneal|milestone|gamma|decay_(?:steps|rate)|t_max|cooldown|checkpoint|save|log|eval|max_(?:steps|iter)|n_estimators|num_boost_round|swa|ema/i;

export function canShowInSmokeRun(path: string): boolean {
  return !(parsePath(path) ?? [path]).some((key) => INVISIBLE.test(String(key)));
}

/** Changes that act only beyond a limit, which a short run may not reach: a run with them may equal the baseline's by right. */
const LIMIT = /clip|max_?(?:grad_?)?norm|threshold|tolerance/i;

export function actsBeyondLimit(path: string): boolean {
  return LIMIT.test(String((parsePath(path) ?? [path]).at(-1)));
}

/**
 * Step 3: short runs that prove that the command works, that the metric appears, and (by comparing curves, which is
 * the caller's work) that each change takes effect. A run is cut after its first points where the config has no epoch
 * limit that could be lowered.
 */
export function preflight(
  trials: SmokeTrials,
  seed: number | null,
  options: { pointsWanted: number | null },
): Strategy {
  const order = [
    trials.baseline,
    trials.optimized,
    trials.repeat,
    ...trials.single.filter(({ path }) => canShowInSmokeRun(path)).map(({ trial }) => trial),
  ];
  return {
    name: 'preflight',
    next(view): RunRequest[] {
      return order.filter((trial) => isWanted(view, trial)).map((trial) => ({ trial, seed }));
    },
    judge(_run, points): Stop | null {
      if (options.pointsWanted === null || points.length <= options.pointsWanted) return null;
      return { status: 'stopped', code: SMOKE_DONE, message: 'The check run has logged enough.' };
    },
    conclude(view): Conclusion | undefined {
      const baseline = brokenRun(view.record, trials.baseline);
      if (baseline) return failed('the baseline config', baseline);
      const isOpen = order.some((trial) => {
        const run = lastRunOf(view.record, trial, seed);
        return run === undefined || isPending(run) || shouldRepeat(view.record, run);
      });
      if (isOpen) return undefined;
      const optimized = brokenRun(view.record, trials.optimized);
      return optimized
        ? failed('the optimized config', optimized, breakingChanges(view.record, trials.single, seed))
        : { kind: 'done' };
    },
  };

  function brokenRun(record: StudyRecord, trial: string): Run | undefined {
    const run = lastRunOf(record, trial, seed);
    return run && isBroken(run) && !shouldRepeat(record, run) ? run : undefined;
  }

  function isWanted(view: StrategyView, trial: string): boolean {
    const run = lastRunOf(view.record, trial, seed);
    return run === undefined || shouldRepeat(view.record, run);
  }
}

/** Changes that make the check run fail each by itself. */
export function breakingChanges(
  record: StudyRecord,
  single: SmokeTrials['single'],
  seed: number | null,
): string[] {
  return single.flatMap(({ path, trial }) => {
    const run = lastRunOf(record, trial, seed);
    return run && isBroken(run) ? [path] : [];
  });
}

function failed(which: string, run: Run, breaking: readonly string[] = []): Conclusion {
  const alone =
    breaking.length === 0
      ? ''
      : ` ${breaking.join(' and ')} ${breaking.length === 1 ? 'makes' : 'each make'} it fail without the other changes.`;
  return {
    kind: 'failed',
    code: 'SMOKE_FAILED',
    message: `The short check run of ${which} failed: ${run.failure?.message ?? 'no result'}${alone}`,
    remedy:
      breaking.length === 0
        ? run.failure?.remedy
        : `Leave it out (--without ${breaking.join(',')}), or mend what the message names.`,
  };
}

/** Code of a check run that was cut as intended. */
export const SMOKE_DONE = 'SMOKE_DONE' satisfies RunEndCode;

function isBroken(run: Run): boolean {
  return run.status === 'failed' || (run.status === 'stopped' && run.failure?.code !== SMOKE_DONE);
}
