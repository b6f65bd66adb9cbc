import type { Executor, ResourceUse, RunHandle, RunOutcome, RunSpec } from '../execution/_contract.ts';
import type { Point } from '../metrics/_contract.ts';
import type { Launcher } from './launch.ts';
import { measureCurve } from './measure.ts';
import { newRun } from './new-run.ts';
import type { MetricChoice, Run } from './types.ts';
import type { WatchRun } from './watch.ts';

const NO_RESOURCES: ResourceUse = {
  peakMemoryBytes: null,
  cpuSeconds: null,
  gpuUtilization: null,
  gpuMemoryBytes: null,
};

export interface ReplayOptions {
  metric: MetricChoice;
  /** The recorded curve of a trial and seed. */
  curveOf(trial: string, seed: number | null): readonly Point[];
  /** Points handed over between two looks of the engine. */
  pointsPerTick?: number;
  /** How a run ends; default: well. */
  endOf?(trial: string, seed: number | null): Pick<RunOutcome, 'end' | 'failure'>;
}

/** Plays recorded curves as if they were trainings, through the same engine and strategies and without a process. */
export function createReplay(options: ReplayOptions): {
  executor: Executor;
  launcher: Launcher;
  watch: WatchRun;
  /** Points that were played, by run: what a real study would have paid for. */
  played: Map<string, number>;
} {
  const played = new Map<string, number>();
  const listeners = new Map<string, (firstChanged: number) => void>();
  const shown = new Map<string, Point[]>();
  const perTick = options.pointsPerTick ?? 1;

  const start = (run: string, trial: string, seed: number | null): RunHandle => {
    const curve = options.curveOf(trial, seed);
    const points: Point[] = [];
    shown.set(run, points);
    const state: { stopped?: { code: string; message: string } } = {};
    const outcome = (async (): Promise<RunOutcome> => {
      for (let at = 0; at < curve.length && !state.stopped; at += perTick) {
        // A turn of the event loop, so that the engine can judge before the next point.
        await new Promise((resolve) => setImmediate(resolve));
        if (state.stopped) break;
        points.push(...curve.slice(at, at + perTick));
        listeners.get(run)?.(at);
        await new Promise((resolve) => setImmediate(resolve));
      }
      played.set(run, points.length);
      const end = options.endOf?.(trial, seed) ?? { end: 'finished' as const, failure: null };
      const base = { signal: null, startedAt: 0, endedAt: points.length, resources: NO_RESOURCES, notes: [] };
      return state.stopped
        ? { ...base, end: 'stopped', exitCode: null, failure: state.stopped }
        : { ...base, ...end, exitCode: end.end === 'finished' ? 0 : 1 };
    })();
    return {
      ticket: { executor: 'replay', run },
      outcome,
      stop: (why) => void (state.stopped ??= why),
      touch: () => {},
      resources: () => NO_RESOURCES,
    };
  };

  return {
    played,
    executor: {
      name: 'replay',
      start: async (spec) => start(spec.runId, spec.env['TRIAL'] ?? '', seedOf(spec)),
      reattach: async (spec) => start(spec.runId, spec.env['TRIAL'] ?? '', seedOf(spec)),
      clean: async () => {},
      close: async () => {},
    },
    launcher: {
      seedRoute: 'argument',
      async prepare(record, { trial, seed }) {
        const attempt =
          [...record.runs.values()].filter((run) => run.trial === trial && run.seed === seed).length + 1;
        const id = `${trial}-s${seed}${attempt === 1 ? '' : `.${attempt}`}`;
        const place = { directory: id, output: id };
        const run = newRun({ id, trial, seed, attempt, status: 'starting', ...place, argv: ['replay'] });
        return { run, spec: specOf(run) };
      },
      specOf: (_record, run) => specOf(run),
      commandFor: async () => [],
      preview: async () => [],
      evaluation: (_record, run) => specOf(run),
    },
    watch(run, { onChange }) {
      listeners.set(run.id, onChange);
      return {
        curve: () => ({ points: shown.get(run.id) ?? [] }),
        async finish(outcome, stop) {
          const points = shown.get(run.id) ?? [];
          const metrics = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
          const curve = { format: 'replay', file: run.id, points, metrics, warnings: [] };
          const value = metrics.includes(options.metric.name)
            ? measureCurve(curve, options.metric, null).value
            : null;
          const status =
            stop?.status ??
            (outcome.end === 'finished' ? 'finished' : outcome.end === 'failed' ? 'failed' : 'stopped');
          return {
            metric: options.metric,
            ended: {
              status,
              endedAt: outcome.endedAt,
              exitCode: outcome.exitCode,
              value,
              failure: outcome.failure,
              resources: null,
              notes: [],
              metricsFile: null,
              metricsFormat: 'replay',
            },
          };
        },
        close: () => {},
      };
    },
  };
}

function seedOf(spec: RunSpec): number | null {
  const seed = spec.env['SEED'];
  return seed === undefined || seed === 'null' ? null : Number(seed);
}

function specOf(run: Run): RunSpec {
  return {
    runId: run.id,
    argv: ['replay'],
    shell: false,
    cwd: '.',
    env: { TRIAL: run.trial, SEED: String(run.seed) },
    directory: run.directory,
    limits: { timeMs: null, silenceMs: null, graceMs: 0 },
    gpus: 0,
  };
}
