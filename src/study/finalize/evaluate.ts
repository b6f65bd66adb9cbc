import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor, RunSpec } from '../../execution/_contract.ts';
import type { Interrupts } from '../engine.ts';
import { finalizeError } from './errors.ts';

/** Written when an evaluation has ended well, so that a resumed finalization does not run it again. */
const DONE = 'done';

/** Runs the command that reads the test data; false when it was interrupted. A killed Pawl finds it again. */
export async function evaluate(
  executor: Executor,
  spec: RunSpec,
  interrupts: Interrupts,
  hash: string,
): Promise<boolean> {
  await mkdir(spec.directory, { recursive: true });
  const mark = join(spec.directory, DONE);
  if ((await readFile(mark, 'utf8').catch(() => '')) === hash) return true;
  const ticket = await executor.find?.(spec);
  const handle = (ticket && (await executor.reattach(spec, ticket))) ?? (await executor.start(spec));
  const unsubscribe = interrupts.subscribe((now) =>
    handle.stop({ code: 'RUN_INTERRUPTED', message: 'Pawl was interrupted.' }, { now }),
  );
  try {
    const { end, failure } = await handle.outcome;
    if (end === 'finished') {
      await writeFile(mark, hash);
      return true;
    }
    if (interrupts.level > 0) return false;
    throw finalizeError(
      'EVALUATION_FAILED',
      `The command of finalize.evaluate failed: ${failure?.message ?? 'it ended badly'}`,
      {
        file: join(spec.directory, 'stderr.log'),
        remedy: failure?.remedy ?? 'Mend it and run `pawl finalize` again; nothing is trained twice.',
      },
    );
  } finally {
    unsubscribe();
  }
}
