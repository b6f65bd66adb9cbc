/** A problem the caller can mend (arguments, config, data): one line on stderr and exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Someone asked the training to end (SIGTERM, SIGINT); its checkpoint is written. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly exitCode: number;
  constructor(signal: 'SIGTERM' | 'SIGINT', message: string) {
    super(message);
    this.exitCode = signal === 'SIGTERM' ? 143 : 130;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
