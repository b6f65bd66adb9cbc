// Runs one training with the compiled local executor, in a process that tests can kill.
// Usage: orchestrator.mjs wait|leave|armed|arm-only SPEC. Prints the ticket, then (not with leave) the outcome, one JSON
// document per line. armed: the run was made ready before; arm-only: it is never started, and null is printed.
import { LocalExecutor } from '../../dist/execution/executors/local.js';

const [mode, spec] = process.argv.slice(2);
const executor = new LocalExecutor();
const armed = mode?.startsWith('arm') ? await executor.arm(JSON.parse(spec)) : undefined;
if (mode === 'arm-only') {
  process.stdout.write('null\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
const run = armed ? await armed.start() : await executor.start(JSON.parse(spec));
process.stdout.write(`${JSON.stringify(run.ticket)}\n`);
if (mode !== 'leave') process.stdout.write(`${JSON.stringify(await run.outcome)}\n`);
await executor.close();
