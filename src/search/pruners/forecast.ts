/**
 * Stops a run that will hardly become the best. At each rung the finished value is forecast from the run's own curve, its
 * configuration and all trials so far (`gp/ladder.ts`); the run goes on while its chance to beat the best finished trial
 * is worth the epochs. Where finished trainings have fallen short of their share (`gp/share.ts`) every second run is stopped
 * only where it heads below all of those.
 * Nothing is ever resumed, so it suits every trainer.
 */
import type { Judgement, Pruner, PrunerSetup } from '../_contract.ts';
import { normalSf } from '../../math/normal.ts';
import { searchError } from '../errors.ts';
import { curveOf, longestStep, rungsOf } from '../gp/curves.ts';
import { createModeller, headsBelow, warpedScores } from '../gp/study-model.ts';
import { checkOptions, type PrunerOptions } from './options.ts';
import { isToFinish } from '../gp/share.ts';

const CONTINUE: Judgement = { action: 'continue' };
/** A run with a smaller chance than this gives its epochs to another configuration. */
const CHANCE = 0.15;

export function createForecast(setup: PrunerSetup, options: PrunerOptions = {}): Pruner {
  checkOptions(options);
  const { space, goal } = setup;
  if (space === undefined) {
    throw searchError('SEARCH_OPTION_INVALID', 'The pruner forecast was not given the search space.');
  }
  const minTrials = options.minTrials ?? 1;
  const modeller = createModeller({ space, goal, fullStep: setup.fullStep }, true);
  return {
    name: 'forecast',
    judge({ history, trial: number, seed, judged }) {
      const trial = history.find((item) => item.number === number);
      const run = trial?.runs.find((item) => item.seed === seed);
      const last = run?.reports.at(-1);
      if (!trial || !run || !last) return CONTINUE;
      const others = history.filter((item) => item.number !== number);
      const full = setup.fullStep ?? longestStep(others.filter(({ state }) => state === 'complete'));
      const before = judged > 0 ? (run.reports[judged - 1]?.step ?? 0) : 0;
      const passed = rungsOf(full).filter((rung) => rung > before && rung <= last.step);
      if (passed.length === 0 || last.step >= full || last.step < (options.grace ?? 0)) return CONTINUE;
      if (Number.isNaN(last.value)) {
        return { action: 'stop', step: last.step, why: `its value at step ${last.step} is not a number` };
      }
      const x = modeller.encode(trial);
      if (!x) return CONTINUE;
      const model = modeller.model(others, number);
      const finished = model.points.filter(({ curve }) => curve.final !== undefined).length;
      if (model.best === undefined || finished < minTrials) return CONTINUE;
      const curve = curveOf({ ...trial, runs: [run], value: null }, model.rungs, goal);
      const scores = warpedScores(curve, model.ladder);
      const { mean, variance } = model.ladder.forecast(x, scores);
      const chance = normalSf((model.best - mean) / Math.sqrt(variance + 1e-18));
      if (chance >= CHANCE) return CONTINUE;
      if (isToFinish(others, number) && !headsBelow(0, { mean, variance }, model)) return CONTINUE;
      const percent = chance < 0.001 ? 'under 0.1' : (100 * chance).toFixed(1);
      return {
        action: 'stop',
        step: last.step,
        why: `at step ${last.step} its chance to end as the best of the sweep is ${percent} %`,
      };
    },
  };
}
