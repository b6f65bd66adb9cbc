import type { Project } from '../../project/load.ts';
import type { Params } from '../../search/space.ts';
import { trialOf } from '../../search/trial.ts';
import { isInside } from '../../search/space/active.ts';
import type { Trial } from '../../search/_contract.ts';
import type { PreparedSweep } from './plan.ts';
import { paramsKey } from './params-key.ts';
import { openSampler, openUntried } from './search.ts';

const SHOWN = 5;

/** The trials that a sweep would begin with, all of them asked before any has a result. */
export function suggestFirst(
  project: Project,
  { planned }: PreparedSweep,
): { params: Params; origin: string }[] {
  const { sweep } = planned;
  const suggestions: { params: Params; origin: string }[] = sweep.first.map(({ params, origin }) => ({
    params,
    origin,
  }));
  const sampler = openSampler(project, sweep);
  const history: Trial[] = sweep.first
    .filter(({ params }) => isInside(sweep.space, params))
    .map(({ number, params }) => trialOf(number, params, []));
  const tried = new Set(suggestions.map(({ params }) => paramsKey(params)));
  const untried = openUntried(project, sweep);
  const fresh = (params: Params | null, known: readonly Trial[], number: number): Params | null =>
    params === null || !tried.has(paramsKey(params)) ? params : untried(known, number, tried);
  const most = Math.min(SHOWN, sweep.budget.trials ?? SHOWN);
  for (let number = suggestions.length; number < most; number++) {
    const params = fresh(sampler.suggest(history, number), history, number);
    if (params === null) break;
    tried.add(paramsKey(params));
    suggestions.push({ params, origin: 'sampled' });
    history.push(trialOf(number, params, []));
  }
  return suggestions;
}
