import { formatPath, type ConfigPath } from '../../config/path.ts';
import { parsePath } from '../../config/path.ts';
import type { ConfigDocument } from '../../config/_contract.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { ChangeKind } from '../../config/_contract.ts';
import { sameValue, valueAt } from '../resolve/slots.ts';
import type { Fault } from '../rules/_contract.ts';
import { burdensOf } from '../rules/signals/burden.ts';
import type { Fit } from '../rules/signals/fit.ts';
import { rateStanding } from '../rules/signals/learning-rate.ts';
import { paceOf } from '../rules/signals/pace.ts';
import type { RunSignals } from '../rules/signals/run.ts';
import type { Settings } from '../rules/settings.ts';
import { inUnit } from '../rules/show.ts';
import type { SuspectId } from '../suspects/_contract.ts';
import { THUMB, type Proposal, type Situation } from './_contract.ts';
import { remediesFor } from './remedies.ts';
import { objectionTo, stepOnward, type TriedChange } from './tried.ts';

/** A change that a diagnosis recommends. */
export interface AdvisedChange {
  /** `formatPath` notation. */
  path: string;
  kind: ChangeKind;
  from: ConfigValue;
  to: ConfigValue;
}

export interface Advice extends Omit<Proposal, 'changes'> {
  /** From 1. */
  number: number;
  changes: AdvisedChange[];
  /** The fault it is meant for; null where it goes on with what helped before. */
  cures: Fault | null;
  /** It changes what is measured, so that values before and after cannot be compared. */
  changesMeasure: boolean;
}

export interface Advised {
  advice: Advice[];
  /** What would have been recommended, and why it is not. */
  withheld: string[];
}

const MOST = 5;
const LEAST = 3;
/** Remedies of further faults are added up to here. */
const WANTED = 4;

/** What to change in this config for these faults: at most five, none that failed before. Pure. */
export function recommend(
  document: ConfigDocument,
  settings: Settings,
  run: RunSignals,
  fit: Fit,
  faults: readonly { fault: Fault; confidence: number; isExplained: boolean }[],
  suspects: ReadonlySet<SuspectId>,
  tried: readonly TriedChange[],
): Advised {
  const [first] = faults;
  const taken = new Set<string>();
  const advice: Advice[] = [];
  const withheld: string[] = [];
  if (!first) return { advice, withheld };
  const situation: Situation = {
    primary: first.fault,
    faults: new Map(faults.map(({ fault, confidence }) => [fault, confidence])),
    suspects,
    settings,
    run,
    fit,
    pace: paceOf(run),
    rate: rateStanding(run, settings),
    burdens: burdensOf(settings),
  };
  const current = (path: string): ConfigValue | undefined => valueAt(document.value, parsePath(path) ?? []);
  const take = (proposal: Proposal, cures: Fault | null, changesMeasure = false): void => {
    const paths = proposal.changes.map(({ path }) => formatPath(path));
    if (advice.length >= MOST || paths.some((path) => taken.has(path))) return;
    const changes = proposal.changes.flatMap(({ path, to }) => changeOf(document, path, to));
    if (changes.length !== proposal.changes.length) return;
    const objection = objectionTo(proposal, current, tried);
    if (objection !== undefined) {
      withheld.push(`${proposal.title}: ${objection}`);
      return;
    }
    for (const path of paths) taken.add(path);
    const { reason, refutedBy } = proposal;
    const words = { reason: inUnit(reason, run), refutedBy: inUnit(refutedBy, run) };
    advice.push({ ...proposal, ...words, changes, cures, changesMeasure, number: advice.length + 1 });
  };
  for (const former of tried.filter(({ outcome }) => outcome === 'helped')) {
    const path = parsePath(former.path);
    const to = stepOnward(former, current(former.path));
    if (path && to !== undefined) take(onward(former, path, to), null);
  }
  for (const remedy of remediesFor(first.fault, suspects)) {
    if (remedy.isLastResort === true && advice.length >= LEAST) continue;
    const proposal = remedy.propose(situation);
    if (proposal) take(proposal, first.fault, remedy.changesMeasure);
  }
  for (const { fault, isExplained } of faults.slice(1)) {
    if (isExplained) continue;
    for (const remedy of remediesFor(fault)) {
      if (advice.length >= WANTED) break;
      const proposal = remedy.propose({ ...situation, primary: fault });
      if (proposal) take(proposal, fault, remedy.changesMeasure);
    }
  }
  return { advice, withheld };
}

/** Undefined change where the config says so already, or the place is not writable. */
function changeOf(document: ConfigDocument, path: ConfigPath, to: ConfigValue): AdvisedChange[] {
  const from = valueAt(document.value, path);
  if (from !== undefined && sameValue(from, to)) return [];
  return [{ path: formatPath(path), kind: from === undefined ? 'new' : 'changed', from: from ?? null, to }];
}

function onward(former: TriedChange, path: ConfigPath, to: ConfigValue): Proposal {
  return {
    title: `Go on with ${former.path}`,
    changes: [{ path, to }],
    impact: 'medium',
    effort: 'low',
    risk: 'low; the gain of a second step is usually smaller',
    expected: { low: -1, high: 1, basis: `${THUMB}: half of a first step's gain or less` },
    reason: `the step from ${JSON.stringify(former.from)} to ${JSON.stringify(former.to)} helped`,
    refutedBy: 'the metric does not rise again',
  };
}
