import type { Interrupts } from '../study/engine.ts';

/**
 * Ctrl-C once asks the trainings to end (graceful, resumable), twice ends them now. SIGTERM and SIGHUP count as the
 * first. A third Ctrl-C is left to the system.
 */
export function listenForInterrupts(say: (message: string) => void): Interrupts & { dispose(): void } {
  const listeners = new Set<(now: boolean) => void>();
  let level: 0 | 1 | 2 = 0;
  const onSignal = (): void => {
    if (level === 2) process.exit(130);
    level = level === 0 ? 1 : 2;
    say(
      level === 1
        ? 'Interrupted: asking the trainings to end; nothing is lost. Press Ctrl-C again to end them now.'
        : 'Ending the trainings now.',
    );
    for (const listener of listeners) listener(level === 2);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    get level() {
      return level;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
