import { z } from 'zod';
import { projectOf, type Place } from './place.ts';
import { standingSchema } from './standing.ts';
import type { Answer, Call } from './tool.ts';

export const dryRun = z
  .boolean()
  .default(false)
  .describe('only say what would be done and what it costs; nothing is written');

/** What every start answers. */
export const begunSchema = standingSchema.extend({
  id: z.string().nullable().describe('for status and wait; null after a dry run'),
  planned: z.looseObject({}).nullable().describe('of a dry run: the document of `--dry-run --json`'),
});

/** Starts a verb in the background, or says what it would do. `words` are its options. */
export async function begin(
  place: Place,
  verb: 'optimize' | 'sweep' | 'finalize',
  words: readonly string[],
  isDryRun: boolean,
  { signal }: Call,
): Promise<Answer> {
  const { root } = await projectOf(place);
  const argv = [verb, '--json', '--no-color', `--project=${root}`, ...words];
  const { readStanding } = await import('./read-standing.ts');
  if (isDryRun) {
    const { rehearse } = await import('./rehearse.ts');
    const planned = await rehearse(place, root, [...argv, '--dry-run'], signal);
    return { document: { ...(await readStanding(root, { runs: 12 })), id: null, planned } };
  }
  const { startJob } = await import('./jobs.ts');
  const job = await startJob(place, root, argv, signal);
  return {
    document: { ...(await readStanding(root, { job: job.id, runs: 12 })), id: job.id, planned: null },
  };
}
