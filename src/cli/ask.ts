import { createInterface } from 'node:readline/promises';
import { defineErrors } from '../errors.ts';

export const askError = defineErrors({
  ASK_INTERRUPTED: { exit: 130, about: 'A question was not answered (Ctrl-C, Ctrl-D). Nothing was written.' },
});

/** Asks on the terminal. */
export interface Prompt {
  /** The answer; `fallback` where it is empty. */
  ask(question: string, fallback: string): Promise<string>;
  /** `fallback`: what Enter means. */
  confirm(question: string, fallback?: boolean): Promise<boolean>;
  close(): void;
}

export function openPrompt(): Prompt {
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<never>((_, reject) => {
    line.once('close', () =>
      reject(
        askError('ASK_INTERRUPTED', 'Interrupted; nothing was written.', {
          remedy: 'Run it again, or with --yes.',
        }),
      ),
    );
  });
  closed.catch(() => {});
  const question = (text: string): Promise<string> => Promise.race([line.question(text), closed]);
  return {
    async ask(text, fallback) {
      const answer = await question(`${text}${fallback === '' ? '' : ` [${fallback}]`}: `);
      return answer.trim() === '' ? fallback : answer.trim();
    },
    async confirm(text, fallback = true) {
      for (;;) {
        const answer = (await question(`${text} ${fallback ? '[Y/n]' : '[y/N]'} `)).trim().toLowerCase();
        if (answer === '') return fallback;
        if (answer === 'y' || answer === 'yes') return true;
        if (answer === 'n' || answer === 'no') return false;
      }
    },
    close: () => line.close(),
  };
}
