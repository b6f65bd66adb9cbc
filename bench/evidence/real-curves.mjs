// Real training curves: 340 cells (training algorithm × workload × configuration) of the AlgoPerf self-reported results,
// each with five seeds. Public original: github.com/mlcommons/submissions_algorithms (Apache-2.0).
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { option } from './scoreboard.mjs';

const NAME = 'algoperf-pytorch.json.gz';

/** Cells `{ submission, workload, config, metric, goal, hparams, runs: [[step, value], …] × 5 }`, by workload. */
export function readWorkloads() {
  const given = option('data', process.env.PAWL_BENCH_DATA);
  if (!given) {
    process.stderr.write(`Name the curves: --data ${NAME}, or PAWL_BENCH_DATA (the file or its folder).\n`);
    process.exit(2);
  }
  const file = statSync(given).isDirectory() ? join(given, NAME) : given;
  const workloads = new Map();
  for (const cell of JSON.parse(gunzipSync(readFileSync(file)).toString())) {
    workloads.set(cell.workload, [...(workloads.get(cell.workload) ?? []), cell]);
  }
  return workloads;
}

const isScheduleFree = ({ submission }) => submission.startsWith('schedule_free');
const scheduleOf = ({ submission, hparams }) =>
  [submission, hparams.learning_rate, hparams.warmup_factor, hparams.cycles, hparams.step_hint_factor].join();

/**
 * The part of a training, 0 to 1, after which the learning-rate schedules of two cells no longer differ; null where they
 * are the same. Schedule-free optimizers hold their rate after the warm-up; all others decay to the end.
 */
export function scheduleSettles(a, b) {
  if (scheduleOf(a) === scheduleOf(b)) return null;
  if (isScheduleFree(a) && isScheduleFree(b))
    return Math.max(a.hparams.warmup_factor ?? 0, b.hparams.warmup_factor ?? 0);
  return 1;
}
