import { bestOf, valueAt } from './curve.ts';
import type { LiveRun, LiveState } from './state.ts';

/** How a run stands against the reference. */
export interface Standing {
  /** Its latest value, and where it was logged. */
  value: number;
  x: number;
  /** Value of the reference; undefined where there is none to compare with. */
  reference: number | undefined;
  /** Oriented: + is ahead. */
  ahead: number | undefined;
  /** `here`: at the same place; `best`: the reference ended earlier, so its best value is taken. */
  at: 'here' | 'best';
}

export function standingOf(run: LiveRun, state: LiveState): Standing | undefined {
  const { metric } = state;
  const latest = run.curve.spots.at(-1);
  if (!metric || !latest) return undefined;
  const here = referenceValue(run, state, (other) => valueAt(other.curve, latest.x));
  const best =
    here === undefined
      ? referenceValue(run, state, (other) =>
          reaches(other, latest.x) ? undefined : (other.value?.value ?? bestOf(other.curve, metric.goal)),
        )
      : undefined;
  const reference = here ?? best;
  const difference = reference === undefined ? undefined : latest.y - reference;
  return {
    value: latest.y,
    x: latest.x,
    reference,
    ahead: difference === undefined ? undefined : metric.goal === 'max' ? difference : -difference,
    at: here === undefined ? 'best' : 'here',
  };
}

/** Of the reference's run with the same seed, else the mean over its runs. */
function referenceValue(
  run: LiveRun,
  state: LiveState,
  read: (other: LiveRun) => number | undefined,
): number | undefined {
  if (run.trial === state.reference || run.kind === 'smoke') return undefined;
  const others = state.runs.filter(
    (other) =>
      other.trial === state.reference && other.kind !== 'smoke' && other.curve.axis === run.curve.axis,
  );
  const twin = others.find((other) => other.seed !== null && other.seed === run.seed);
  const values = (twin ? [twin] : others)
    .map(read)
    .filter((value): value is number => value !== undefined && Number.isFinite(value));
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const reaches = (run: LiveRun, x: number): boolean =>
  run.endedAt === null || (run.curve.spots.at(-1)?.x ?? 0) >= x;
