import type { ResourceUse } from '../../execution/_contract.ts';
import type { Point } from '../../metrics/_contract.ts';
import type { TrialKind } from '../../study/types.ts';
import { EMPTY_CURVE, extendCurve, type LiveCurve } from './curve.ts';
import type { LiveStatus } from './early-end.ts';
import type { LiveEvent, LiveMetric } from './events.ts';

export interface LiveRun {
  id: string;
  trial: string;
  kind: TrialKind;
  seed: number | null;
  /** Epoch limit; null where it is not known. */
  epochs: number | null;
  gpus: readonly string[];
  startedAt: number;
  endedAt: number | null;
  status: LiveStatus;
  curve: LiveCurve;
  /** Rows as they came, kept only until the metric is known. */
  waiting: readonly Point[];
  /** When the first rows came, and what epoch they had reached: the pace is measured from there. */
  paceFrom: { at: number; epoch: number } | null;
  lastAt: number | null;
  guards: readonly string[];
  resources: ResourceUse | null;
  value: { value: number; epoch: number; epochs: number } | null;
  message: string | null;
}

/** All that a live view shows; the fold of its events. */
export interface LiveState {
  project: string;
  iteration: number;
  startedAt: number | null;
  phase: { name: string; detail: string | null } | null;
  metric: LiveMetric | null;
  target: number | null;
  reference: string;
  /** In order of start; ended ones stay while their curves are of use. */
  runs: readonly LiveRun[];
  budget: {
    runs: { used: number; limit: number | null };
    ms: { used: number; limit: number | null };
    /** When this was said: time goes on from there. */
    at: number;
  } | null;
}

export const INITIAL_STATE: LiveState = {
  project: '',
  iteration: 1,
  startedAt: null,
  phase: null,
  metric: null,
  target: null,
  reference: 'baseline',
  runs: [],
  budget: null,
};

/** Ended runs whose curves are kept, besides those of the reference. */
const MOST_ENDED = 8;

/** Pure: the state after an event. Events of unknown runs change nothing. */
export function reduce(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'started':
      return {
        ...state,
        project: event.project,
        iteration: event.iteration,
        reference: event.reference,
        target: event.target,
        startedAt: state.startedAt ?? event.at,
      };
    case 'phase':
      return { ...state, phase: { name: event.name, detail: event.detail ?? null } };
    case 'metric':
      return {
        ...state,
        metric: event.metric,
        target: event.target === undefined ? state.target : event.target,
        runs: state.runs.map((run) =>
          run.waiting.length === 0
            ? run
            : { ...run, curve: extendCurve(EMPTY_CURVE, run.waiting, event.metric), waiting: [] },
        ),
      };
    case 'run-started': {
      const { run: id, trial, kind, seed, epochs, gpus = [], at } = event;
      const run = { ...emptyRun(id, at), trial, kind, seed, epochs, gpus, status: 'running' as const };
      return { ...state, runs: [...forget(state).filter((other) => other.id !== id), run] };
    }
    case 'earlier-run': {
      const { run: id, trial, kind, seed, points, value, at } = event;
      const read = withPoints(
        { ...emptyRun(id, at), trial, kind, seed, value, endedAt: at, status: 'adopted' },
        points,
        at,
        state.metric,
      );
      return { ...state, runs: [...state.runs.filter((other) => other.id !== id), read] };
    }
    case 'points':
      return change(state, event.run, (run) => withPoints(run, event.points, event.at, state.metric));
    case 'resources':
      return change(state, event.run, (run) => ({ ...run, resources: event.resources }));
    case 'guard':
      return change(state, event.run, (run) => ({ ...run, guards: [...run.guards, event.message] }));
    case 'run-ended':
      return change(state, event.run, (run) => ({
        ...run,
        status: event.status,
        endedAt: event.at,
        value: event.value,
        message: event.message,
      }));
    case 'budget':
      return { ...state, budget: { runs: event.runs, ms: event.ms, at: event.at } };
    case 'note':
      return state;
  }
}

function emptyRun(id: string, at: number): LiveRun {
  return {
    id,
    trial: id,
    kind: 'optimized',
    seed: null,
    epochs: null,
    gpus: [],
    startedAt: at,
    endedAt: null,
    status: 'starting',
    curve: EMPTY_CURVE,
    waiting: [],
    paceFrom: null,
    lastAt: null,
    guards: [],
    resources: null,
    value: null,
    message: null,
  };
}

function withPoints(run: LiveRun, points: readonly Point[], at: number, metric: LiveMetric | null): LiveRun {
  const curve = extendCurve(run.curve, points, metric);
  const hasMoved = curve.epoch !== null && curve.epoch !== run.curve.epoch;
  return {
    ...run,
    curve,
    waiting: metric === null ? points : [],
    paceFrom: run.paceFrom ?? (curve.epoch === null ? null : { at, epoch: curve.epoch }),
    lastAt: hasMoved ? at : run.lastAt,
  };
}

function change(state: LiveState, id: string, update: (run: LiveRun) => LiveRun): LiveState {
  return { ...state, runs: state.runs.map((run) => (run.id === id ? update(run) : run)) };
}

/** Long studies have thousands of runs; only the newest ended ones, and the reference's, are remembered. */
function forget({ runs, reference }: LiveState): readonly LiveRun[] {
  const ended = runs.filter((run) => run.endedAt !== null && run.trial !== reference);
  const old = new Set(ended.slice(0, Math.max(0, ended.length - MOST_ENDED)).map((run) => run.id));
  return old.size === 0 ? runs : runs.filter((run) => !old.has(run.id));
}
