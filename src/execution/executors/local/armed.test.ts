import { expect, it } from 'vitest';
import { ArmedLocalRun } from './armed.ts';
import { goneProcess } from './main-process.ts';

it('lets go of its shell where the start cannot be written down', async () => {
  const done: string[] = [];
  const unwritable = new Error('disk full');
  const armed = new ArmedLocalRun({
    main: {
      ...goneProcess('no-such-file', 'token'),
      isOurs: async () => true,
      release: () => done.push('released'),
    },
    gate: { go: () => expect.unreachable(), drop: () => done.push('dropped') },
    enter: () => {
      throw unwritable;
    },
    supervise: () => expect.unreachable(),
    startAnew: () => expect.unreachable(),
    onSettled: () => done.push('settled'),
  });
  await expect(armed.start()).rejects.toBe(unwritable);
  expect(done).toEqual(['settled', 'dropped', 'released']);
});
