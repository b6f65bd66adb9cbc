// Early futility on real training curves: every run of one configuration against the curves of another one of the same
// workload, both cut to a common length as if that were the planned one. A kill is wrong when the run would have ended
// at or over the baseline's mean; a run is doomed when it would have ended under mean − 2 sd.
// Then the first look: one optimized run against the first two baseline runs, the second of them still under way.
// Usage: npm run build && node bench/evidence/futility.mjs --data algoperf-pytorch.json.gz [--baselines 3]
import { firstLook, lookWhileRunning } from '../../dist/evidence/first-look.js';
import { judgeRun } from '../../dist/evidence/futility.js';
import { readWorkloads, scheduleSettles } from './real-curves.mjs';
import { option, Scoreboard } from './scoreboard.mjs';

const startedAt = performance.now();
const baselines = Number(option('baselines', 3));
const SHORTEST = 10;

const best = (values, goal) => (goal === 'max' ? Math.max(...values) : Math.min(...values));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));

// A rule gives the epoch at which it stops the run, or its full length. `others`: the baseline's runs.
function pawl({ run, others, goal, length, settled }) {
  if (settled === 1) return length;
  const at = run.map((_, i) => i + 1);
  const baseline = others.map((value) => ({ at, value, plannedEnd: length }));
  const scheduleSettledAt = settled === null ? null : settled * length;
  for (let n = Math.ceil(length / 3); n < length; n++) {
    const candidate = { at: at.slice(0, n), value: run.slice(0, n), plannedEnd: length };
    const { decision } = judgeRun({ candidate, baseline, goal, select: 'best', scheduleSettledAt });
    if (decision === 'kill') return n;
  }
  return length;
}

function pawlWithoutScheduleGuard(replay) {
  return pawl({ ...replay, settled: null });
}

function median({ run, others, goal, length }) {
  for (let n = Math.ceil(length / 10); n < length; n++) {
    const reached = others.map((value) => best(value.slice(0, n), goal)).toSorted((a, b) => a - b);
    const middle = reached[Math.floor(reached.length / 2)];
    const own = best(run.slice(0, n), goal);
    if (goal === 'max' ? own < middle : own > middle) return n;
  }
  return length;
}

function rungs({ run, others, goal, length }) {
  for (const n of [Math.ceil(length / 9), Math.ceil(length / 3)]) {
    const own = best(run.slice(0, n), goal);
    const ahead = others.filter((value) => {
      const reached = best(value.slice(0, n), goal);
      return goal === 'max' ? reached > own : reached < own;
    });
    if (ahead.length >= (others.length + 1) / 3) return n;
  }
  return length;
}

function* replays(workloads) {
  for (const cells of workloads.values()) {
    for (const a of cells) {
      for (const b of cells) {
        if (a === b) continue;
        const length = Math.min(...[...a.runs, ...b.runs].map((run) => run.length));
        if (length < SHORTEST) continue;
        const cut = (run) => run.slice(0, length).map(([, value]) => value);
        const others = a.runs.slice(0, baselines).map(cut);
        const settled = scheduleSettles(a, b);
        for (const run of b.runs) yield { run: cut(run), others, goal: a.goal, length, settled };
      }
    }
  }
}

function tally(name, rule, isIncluded, stride = 1) {
  const count = {
    runs: 0,
    good: 0,
    kills: 0,
    wrong: 0,
    doomed: 0,
    doomedKilled: 0,
    doomedCost: 0,
    epochs: 0,
    spent: 0,
  };
  let index = 0;
  for (const replay of replays(workloads)) {
    if (!isIncluded(replay) || index++ % stride !== 0) continue;
    const { run, others, goal, length } = replay;
    const sign = goal === 'max' ? 1 : -1;
    const ends = others.map((value) => sign * best(value, goal));
    const end = sign * best(run, goal);
    const stoppedAt = rule(replay);
    const isKilled = stoppedAt < length;
    const isGood = end >= mean(ends);
    count.runs++;
    count.epochs += length;
    count.spent += stoppedAt;
    if (isGood) count.good++;
    if (isKilled) count.kills++;
    if (isKilled && isGood) count.wrong++;
    if (end < mean(ends) - 2 * spread(ends)) {
      count.doomed++;
      count.doomedCost += stoppedAt / length;
      if (isKilled) count.doomedKilled++;
    }
  }
  return { name, ...count };
}

const workloads = readWorkloads();
const board = new Scoreboard();
const isAllowed = ({ settled }) => settled !== 1;
const all = () => true;
const results = [
  tally('Pawl, where the schedules allow a kill', pawl, isAllowed),
  tally('Pawl, all pairs', pawl, all),
  tally('Pawl without the schedule guard, every 7th run', pawlWithoutScheduleGuard, all, 7),
  tally('median rule from 10 %, all pairs', median, all),
  tally('rungs at 1/9 and 1/3, best third, all pairs', rungs, all),
];
board.heading(`Replayed runs against ${baselines} baseline curves each`);
const percent = (part, whole) => (whole === 0 ? 0 : (100 * part) / whole);
board.table(
  [
    'rule',
    'runs',
    'kills',
    'wrong, of kills',
    'wrong, of good runs',
    'doomed runs killed',
    'cost of a doomed run',
    'epochs saved',
  ],
  results.map((r, i) => {
    const wrong = percent(r.wrong, r.kills);
    const wrongOfGood = percent(r.wrong, r.good);
    const isPawl = i < 2;
    return [
      r.name,
      r.runs,
      r.kills,
      isPawl ? board.atMost(wrong, 1, 2, ' %') : `${wrong.toFixed(2)} %`,
      isPawl ? board.atMost(wrongOfGood, 1, 2, ' %') : `${wrongOfGood.toFixed(2)} %`,
      `${percent(r.doomedKilled, r.doomed).toFixed(1)} %`,
      `${percent(r.doomedCost, r.doomed).toFixed(1)} % of its epochs`,
      `${percent(r.epochs - r.spent, r.epochs).toFixed(1)} %`,
    ];
  }),
);

/** When the first look gives up: share of the second baseline run that it took, or null. */
function takeFirstLook(first, second, value, goal) {
  const length = first.length;
  const at = first.map((_, i) => i + 1);
  const complete = { at, value: first, plannedEnd: length };
  const of = { optimized: value, goal, resolution: 1e-9 };
  const sign = goal === 'max' ? 1 : -1;
  if (sign * (value - best(first, goal)) >= 0) return null;
  for (let n = Math.ceil(length / 3); n < length; n++) {
    const running = { at: at.slice(0, n), value: second.slice(0, n), plannedEnd: length };
    if (lookWhileRunning({ ...of, complete, running, select: 'best' })?.isHopeless) return n / length;
  }
  const baseline = [best(first, goal), best(second, goal)];
  return firstLook({ ...of, baseline })?.isHopeless ? 1 : null;
}

const EFFECTS = [
  ['a loss of over 5 sd', -Infinity, -5],
  ['a loss of 2.5 to 5 sd', -5, -2.5],
  ['a loss of 0 to 2.5 sd', -2.5, 0],
  ['none: one configuration against itself', 0, 0],
  ['a gain of 0 to 1 sd', 0, 1],
  ['a gain of 1 to 2.5 sd', 1, 2.5],
  ['a gain of over 2.5 sd', 2.5, Infinity],
].map(([name, low, high]) => ({ name, low, high, looks: 0, stopped: 0, share: 0 }));
for (const cells of workloads.values()) {
  for (const a of cells) {
    for (const b of cells) {
      const length = Math.min(...[...a.runs, ...b.runs].map((run) => run.length));
      if (length < SHORTEST) continue;
      const [before, after] = [a, b].map(({ runs }) =>
        runs.map((run) => run.slice(0, length).map(([, value]) => value)),
      );
      const [ends, others] = [before, after].map((runs) => runs.map((run) => best(run, a.goal)));
      const sd = Math.sqrt((spread(ends) ** 2 + spread(others) ** 2) / 2);
      if (!(sd > 0)) continue;
      const effect = ((mean(others) - mean(ends)) / sd) * (a.goal === 'max' ? 1 : -1);
      const row = EFFECTS.find(({ low, high }) =>
        a === b ? low === high : low < effect && effect <= high && low !== high,
      );
      if (!row) continue;
      for (const seed of [0, 1, 2, 3, 4]) {
        const second = before[(seed + 1) % 5];
        const value = others[a === b ? (seed + 2) % 5 : seed];
        const share = takeFirstLook(before[seed], second, value, a.goal);
        row.looks++;
        if (share === null) continue;
        row.stopped++;
        row.share += share;
      }
    }
  }
}
board.heading('The first look, all pairs of configurations');
board.table(
  ['true effect of the change', 'looks', 'given up', 'of the second baseline run, when given up'],
  EFFECTS.map(({ name, low, looks, stopped, share }) => {
    const given = percent(stopped, looks);
    return [
      name,
      looks,
      low >= 2.5 ? board.atMost(given, 0.1, 2, ' %') : `${given.toFixed(2)} %`,
      stopped === 0 ? '—' : `${percent(share, stopped).toFixed(0)} %`,
    ];
  }),
);
board.finish(startedAt);
