#!/usr/bin/env node
import { HELP, parseArguments } from './arguments.ts';
import { InputError, Interruption, messageOf } from './error.ts';

async function main(argv: readonly string[]): Promise<number> {
  let signal: 'SIGTERM' | 'SIGINT' | undefined;
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => (signal ??= name));
  // The reader of the output may be gone; the files are what counts.
  process.stdout.on('error', () => undefined);
  try {
    const options = parseArguments(argv);
    if (options === undefined) {
      const { keyReference } = await import('./key-reference.ts');
      process.stdout.write(HELP + keyReference());
      return 0;
    }
    const { runTraining } = await import('./run.ts');
    await runTraining(options, {
      print: (line) => process.stdout.write(`${line}\n`),
      warn: (line) => process.stderr.write(`${line}\n`),
      now: () => performance.now(),
      interruption: () => signal,
    });
    return 0;
  } catch (error) {
    process.stderr.write(`pawl-train: ${messageOf(error)}\n`);
    if (error instanceof Interruption) return error.exitCode;
    return error instanceof InputError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
