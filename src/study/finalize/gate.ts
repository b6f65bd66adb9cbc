import { readConfig } from '../../config/document.ts';
import { PawlError } from '../../errors.ts';
import { inProject, type Project } from '../../project/load.ts';
import { hashValue } from '../hash.ts';
import type { IterationRecord, StudyRecord } from '../record.ts';
import type { StoredOutcome } from '../events.ts';
import { finalizeError } from './errors.ts';

/** What may be finalized. */
export interface Accepted {
  iteration: IterationRecord;
  outcome: StoredOutcome;
  trial: string;
  config: string;
}

/** The accepted config of the newest study, and what stands against finalizing it. */
export async function gateFinal(
  project: Project,
  record: StudyRecord | undefined,
): Promise<{ accepted: Accepted | undefined; missing: string[] }> {
  const concluded = record?.iterations.findLast(({ outcome }) => outcome !== null);
  const outcome = concluded?.outcome;
  if (!record || !concluded || !outcome) {
    return { accepted: undefined, missing: ['a concluded `pawl optimize`: there is none yet'] };
  }
  const missing: string[] = [];
  const last = record.iterations.at(-1);
  if (last && last.outcome === null)
    missing.push(
      `the end of iteration ${last.iteration}, which is not concluded (\`pawl optimize --resume\`)`,
    );
  if (outcome.decision !== 'finalize' && outcome.decision !== 'accept') {
    missing.push(
      `an accepted study: iteration ${outcome.iteration} ended with ${outcome.decision} (${outcome.reason})`,
    );
  }
  const trial = record.trials.get(outcome.incumbent);
  if (!trial) return { accepted: undefined, missing: [...missing, 'the best config of the study'] };
  try {
    const { value } = await readConfig(inProject(project, trial.config));
    if (hashValue(value) !== trial.configHash)
      missing.push(`${trial.config} as it was tested: its values were changed since`);
  } catch (error) {
    if (!(error instanceof PawlError)) throw error;
    return { accepted: undefined, missing: [...missing, `${trial.config}: ${error.message}`] };
  }
  const looked = record.finals.filter(({ reading }) => reading !== null);
  if (looked.length > 0) {
    const [first] = looked;
    const when = new Date(first?.reading?.at ?? 0).toISOString().slice(0, 10);
    missing.push(
      `unread test data: ${first?.reading?.metric} was read on ${when} already, and a second look makes the first one a choice`,
    );
  }
  return { accepted: { iteration: concluded, outcome, trial: trial.id, config: trial.config }, missing };
}

/** Throws with the list of what is missing, unless it was forced. */
export function passGate(missing: readonly string[], isForced: boolean, canForce: boolean): void {
  if (missing.length === 0 || (isForced && canForce)) return;
  throw finalizeError('FINALIZE_BLOCKED', `Missing: ${missing.join('; ')}.`, {
    remedy: canForce
      ? missing.every((what) => what.startsWith('unread test data'))
        ? 'Keep the first reading; --force reads again, and the results will say so.'
        : 'Complete it, or pass with --force; the results will say so.'
      : 'Run `pawl optimize` first.',
  });
}
