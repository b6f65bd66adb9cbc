import type { SweepSummary, SweepTrial } from '../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../study/types.ts';
import { outcomeJson } from '../document.ts';
import { type Jsonable, toJsonable } from '../finite.ts';
import type { Importance } from './importance.ts';

/**
 * The document of `pawl sweep --json` and of sweep_results.json: that of any optimization, and what the search came to.
 * Effects are oriented so that + is better.
 */
export function sweepJson(
  summary: SweepSummary,
  outcome: StudyOutcome,
  importance: readonly Importance[] = [],
  /** Those that are listed one by one. */
  listed: readonly SweepTrial[] = summary.trials,
): Jsonable {
  const { plan, contender, end, counts, trainings } = summary;
  const best = summary.trials.find(({ number }) => number === summary.best);
  const isConfirmed = contender !== null && contender.conclusion === null;
  return {
    ...(outcomeJson(outcome) as { [key: string]: Jsonable }),
    ...(toJsonable({
      best: best
        ? {
            params: best.params,
            value: best.value,
            posterior: best.posterior,
            trial: best.number,
            seeds: best.seeds,
          }
        : null,
      confirmed: isConfirmed
        ? { verdict: outcome.verdict, effect: outcome.gain, value: outcome.optimized.mean }
        : null,
      trials: summary.trials.length,
      epochsSpent: summary.epochsSpent,
      epochsSaved: summary.epochsSaved,
      stopped: end?.reason ?? null,
      sweep: {
        stoppedBy: end?.code ?? null,
        trainings,
        counts,
        claimed: contender?.claimed ?? null,
        importance,
        space: plan.space,
        sampler: plan.sampler,
        pruner: plan.pruner,
        budget: plan.budget,
        seeds: plan.seeds,
        confirm: plan.confirm,
        trials: listed,
      },
    }) as { [key: string]: Jsonable }),
  };
}

const AT_ONCE = 50;
const INDENT = ' '.repeat(6);

/** The document as the bytes of sweep_results.json. Its trials are written out some at a time: at once they take ten times the room. */
export function sweepJsonBytes(...[summary, outcome, importance]: Parameters<typeof sweepJson>): Buffer {
  const { trials } = summary;
  const frame = JSON.stringify(sweepJson(summary, outcome, importance, []), null, 2);
  // The list of trials is the last member of the last member.
  const at = frame.lastIndexOf('[]');
  if (trials.length === 0) return Buffer.from(`${frame}\n`);
  const parts = [Buffer.from(`${frame.slice(0, at)}[\n`)];
  for (let from = 0; from < trials.length; from += AT_ONCE) {
    const texts = trials
      .slice(from, from + AT_ONCE)
      .map((trial) => INDENT + JSON.stringify(toJsonable(trial), null, 2).replaceAll('\n', `\n${INDENT}`));
    parts.push(Buffer.from(`${from === 0 ? '' : ',\n'}${texts.join(',\n')}`));
  }
  parts.push(Buffer.from(`\n    ]${frame.slice(at + 2)}\n`));
  return Buffer.concat(parts);
}
