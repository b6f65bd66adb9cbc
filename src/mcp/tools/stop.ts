import { z } from 'zod';
import { projectOf } from '../place.ts';
import { defineTool } from '../tool.ts';
import { versioned } from './fields.ts';

export const stop = defineTool({
  name: 'stop',
  title: 'Stop the study',
  description:
    'Ends the running study gracefully: nothing is lost, and start with resume goes on. Also ends trainings that a killed Pawl left behind.',
  input: z.strictObject({
    now: z.boolean().default(false).describe('do not wait for the trainings to end by themselves'),
  }),
  output: versioned.extend({
    stopped: z.boolean(),
    pid: z.int().nullable(),
    ended: z.array(z.string()),
  }),
  isReadOnly: false,
  async run(place, { now }, { signal }) {
    const [{ stopStudy }, { untilEnded }] = await Promise.all([
      import('../../study/stop.ts'),
      import('../jobs.ts'),
    ]);
    const project = await projectOf(place);
    const { pid, ended } = await stopStudy(project, { isNow: now, signal });
    // The lock is given back before the command has ended; who asks for the status next must not find it running.
    if (pid !== null) await untilEnded(project.root, pid, signal);
    return { document: { schemaVersion: 1, stopped: pid !== null || ended.length > 0, pid, ended } };
  },
});
