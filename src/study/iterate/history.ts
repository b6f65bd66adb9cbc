import type { TriedChange } from '../../diagnosis/recommend/tried.ts';
import type { StoredOutcome } from '../events.ts';
import type { StudyRecord } from '../record.ts';
import { showDifference } from '../show.ts';
import type { ChangeOutcome, Verdict } from '../types.ts';

/** What the concluded iterations of a study teach the next diagnosis. */
export interface Taught {
  tried: TriedChange[];
  /** In sentences: which hypothesis an attempt speaks for or against. No values, so that no reader takes them for advice. */
  lessons: string[];
}

export function teach(record: StudyRecord): Taught {
  const outcomes = record.iterations.flatMap(({ outcome }) => outcome ?? []);
  return {
    tried: outcomes.flatMap((outcome) => outcome.changes.map((change) => triedOf(change, outcome))),
    lessons: outcomes.map(lessonOf),
  };
}

function triedOf(change: ChangeOutcome, { verdict, iteration }: StoredOutcome): TriedChange {
  const { path, from, to } = change;
  const outcome = outcomeOf(change.effect.label, verdict);
  return { path, from, to, iteration, outcome, isInGain: verdict === 'better' };
}

/** Attribution knows a change by itself; else a failed attempt speaks against all of its changes. */
function outcomeOf(label: ChangeOutcome['effect']['label'], verdict: Verdict): TriedChange['outcome'] {
  if (label === 'helped' || label === 'hurt' || label === 'inert') return label;
  return verdict === 'not-better' || verdict === 'unstable' ? 'futile' : label;
}

function lessonOf(outcome: StoredOutcome): string {
  const { iteration, verdict, gain, metric, changes, diagnosis } = outcome;
  const reached = changes.filter(({ effect }) => effect.label !== 'inert');
  const paths = reached.map(({ path }) => path).join(', ');
  const causes = diagnosis.rootCauses.slice(0, 2).join('; ');
  const figure = Number.isFinite(gain.absolute) ? showDifference(gain.absolute, metric) : 'no figure';
  if (reached.length === 0)
    return `Iteration ${iteration} says nothing about its hypothesis: the training ignored every change, so it was not tested.`;
  const ignored = changes.length - reached.length;
  const inert =
    ignored === 0
      ? ''
      : ` ${ignored === 1 ? 'One change was' : `${ignored} changes were`} ignored by the training and tested nothing.`;
  const about = causes === '' ? '' : ` ("${causes}")`;
  switch (verdict) {
    case 'better':
      return `Iteration ${iteration} acted on ${paths} and gained ${figure}, better: it speaks for its hypothesis${about}.${inert}`;
    case 'not-better':
      return `Iteration ${iteration} acted on ${paths} and came to ${figure}, not better: it speaks against its hypothesis${about} as the main cause.${inert}`;
    case 'unstable':
      return `Iteration ${iteration} acted on ${paths} and a seed diverged: it speaks against taking these steps, not against the hypothesis${about}.${inert}`;
    case 'inconclusive':
    case 'unverified':
      return `Iteration ${iteration} acted on ${paths} and came to ${figure}, ${verdict}: it speaks neither for nor against its hypothesis${about}.${inert}`;
  }
}
