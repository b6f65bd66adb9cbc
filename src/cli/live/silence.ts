import { toPlain } from '../../report/plain.ts';
import type { LiveOptions, LiveOutput } from './output.ts';

/** `--quiet`: errors only. */
export function createSilence({ stream }: Pick<LiveOptions, 'stream'>): LiveOutput {
  return {
    emit: (event) => {
      if (event.type === 'note' && event.level === 'error') stream.write(`${toPlain(event.text, 2000)}\n`);
    },
    print: () => undefined,
    close: () => undefined,
  };
}
