import { z } from 'zod';
import { projectOf } from '../place.ts';
import { standingSchema, type Standing } from '../standing.ts';
import { defineTool } from '../tool.ts';
import { name } from './fields.ts';

const EVERY_MS = 500;

export const wait = defineTool({
  name: 'wait',
  title: 'Wait for the study',
  description:
    'Returns the status when the study has ended, or when the time is up (then state is still "running": call again). Can be cancelled; the study goes on.',
  input: z.strictObject({
    id: name.optional().describe('id that start returned'),
    timeoutSeconds: z.number().min(0).max(600).default(45),
  }),
  output: standingSchema,
  isReadOnly: true,
  async run(place, { id, timeoutSeconds }, { signal, progress }) {
    const { readStanding } = await import('../read-standing.ts');
    const { root } = await projectOf(place);
    const until = Date.now() + timeoutSeconds * 1000;
    let said = '';
    for (let tick = 0; ; tick++) {
      signal.throwIfAborted();
      const standing = await readStanding(root, { job: id, runs: 12 });
      const isOver = standing.state !== 'running' && standing.state !== 'starting';
      if (isOver || Date.now() >= until) return { document: standing };
      const message = describe(standing);
      if (message !== said) await progress(tick + 1, message);
      said = message;
      await pause(Math.min(EVERY_MS, until - Date.now()), signal);
    }
  },
});

function describe({ counts, runs, job }: Standing): string {
  const done = Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
  const active = runs
    .filter(({ status }) => status === 'running')
    .map(
      ({ id, epoch, value }) =>
        `${id}${epoch === null ? '' : ` epoch ${epoch}`}${value === null ? '' : `: ${value}`}`,
    );
  return [done, ...active, job?.messages.at(-1) ?? ''].filter((part) => part !== '').join('; ');
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, Math.max(0, ms));
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
