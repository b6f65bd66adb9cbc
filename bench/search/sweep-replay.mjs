// A sweep as `pawl sweep` holds it, on a table instead of trainings: the shipped plan, strategy, racing, final round and
// engine, without processes. What it does not do is write configs and hold the test against the baseline.
import { createRecord, applyEvent } from '../../dist/study/record.js';
import { runEngine } from '../../dist/study/engine.js';
import { createReplay } from '../../dist/study/replay.js';
import { candidateId } from '../../dist/study/sweep/candidate-id.js';
import { rankCandidates } from '../../dist/study/sweep/choose.js';
import { fieldOf, finalRound, winnerOf } from '../../dist/study/sweep/final-round.js';
import { furtherSeeds } from '../../dist/study/sweep/further-seeds.js';
import { openSearch } from '../../dist/study/sweep/search.js';
import { iterationStart, metricOf, trialOf } from '../iteration.mjs';

const METRIC = metricOf();

/** `valueOf(params, seed)`: what a training reports. The result: the winner's row in what `rankCandidates` says. */
export async function replaySweep({ plan, valueOf, slots = 1 }) {
  const project = { settings: { metric: { name: 'm', goal: 'max', select: 'best' } } };
  const record = createRecord('replay', '.', 0);
  const at = 0;
  applyEvent(record, { type: 'metric-chosen', at, metric: METRIC });
  const start = iterationStart({ alpha: 0.025, sweep: plan });
  applyEvent(record, { type: 'iteration-started', at, start });
  for (const candidacy of plan.first) {
    const trial = trialOf(candidateId(1, candidacy.number), 'candidate', { candidacy });
    applyEvent(record, { type: 'trial-added', at, trial });
  }
  const search = openSearch(project, plan, { iteration: 1, isRetry: false, slots, confirmPairs: 8 });
  const replay = createReplay({
    metric: METRIC,
    curveOf: (trial, seed) => [
      { step: null, epoch: 1, values: { m: valueOf(record.trials.get(trial).candidacy.params, seed) } },
    ],
  });
  const nothing = async () => {};
  const engine = {
    record,
    iteration: 1,
    slots,
    stopsOnNan: true,
    now: () => 0,
    store: { append: nothing, appendAll: nothing, savePoints: nothing, dropPoints: nothing },
    executor: replay.executor,
    launcher: replay.launcher,
    watch: replay.watch,
    interrupts: { level: 0, subscribe: () => () => {} },
    onEvent: () => {},
    onPoints: (run, points) => search.reports.put(run.id, points, 'm'),
    propose: async (id, candidacy) => trialOf(id, 'candidate', { candidacy }),
  };
  const run = async (strategy) => {
    const result = await runEngine({ ...engine, strategy });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  };
  const rank = () => rankCandidates(search.ledger.read(record, 'm').candidates, 'max');
  await run(search.strategy);
  await run(furtherSeeds(search.ledger, plan, 'max'));
  const searched = record.runs.size;
  const claimed = rank();
  const { baseline, rivals, finalists } = fieldOf(claimed, plan.confirm?.top ?? 1, 'max');
  let winner = finalists[0] ?? baseline ?? rivals[0];
  if (plan.confirm !== null && finalists.length > 1) {
    await run(finalRound(finalists, plan.confirm));
    winner = winnerOf(rank(), finalists);
  }
  const history = search.ledger.candidates.map((candidate) => candidate.search);
  return { claimed: claimed[0], winner, searched, runs: record.runs.size, history };
}
