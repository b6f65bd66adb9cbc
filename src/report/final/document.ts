import type { FinalOutcome } from '../../study/finalize/types.ts';
import { toJsonable, type Jsonable } from '../finite.ts';

/** The document of `pawl finalize --json` and of test_results.json. */
export function finalJson(outcome: FinalOutcome): Jsonable {
  const { final, ...rest } = outcome;
  return toJsonable({
    schemaVersion: 1,
    ...rest,
    validation: { mean: final.mean, sd: final.sd, n: final.n, train: final.train, gap: final.gap },
    runs: final.runs.map(({ id, trial, seed, status, value, failure }) => ({
      id,
      trial,
      seed,
      status,
      value: value?.value ?? null,
      epoch: value?.epoch ?? null,
      failure,
    })),
  });
}
