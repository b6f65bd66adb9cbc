import { version } from './version.ts';

/** Entry of the `pawl` command. `--version` answers before anything else is loaded. */
async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${version}\n`);
    return;
  }
  try {
    const { runProgram } = await import('./program.ts');
    await runProgram(version, argv);
  } catch (error) {
    await fail(error, argv);
  }
}

async function fail(error: unknown, argv: readonly string[]): Promise<void> {
  // Help and version are thrown too by commander; they are no failures.
  if (error instanceof Error && 'exitCode' in error && error.exitCode === 0) return;
  const { describeFailure, failureJson } = await import('../failure.ts');
  const { failureText } = await import('./fail.ts');
  const { useColor } = await import('./color.ts');
  const { adviceFor } = await import('./advice.ts');
  const failure = describeFailure(error, adviceFor(argv));
  const end = argv.indexOf('--');
  if ((end < 0 ? argv : argv.slice(0, end)).includes('--json')) {
    process.stdout.write(`${JSON.stringify(failureJson(failure), null, 2)}\n`);
  }
  const isColored = useColor(process.stderr) && !argv.includes('--no-color');
  process.stderr.write(failureText(failure, (text) => (isColored ? `\u001B[31m${text}\u001B[39m` : text)));
  if (process.env['PAWL_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = failure.exit;
}

// A reader that went away (`pawl metrics f | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
await main(process.argv.slice(2));
