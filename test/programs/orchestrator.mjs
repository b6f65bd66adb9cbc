// Runs one training with the compiled local executor, in a process that tests can kill.
// Usage: orchestrator.mjs wait|leave|armed|arm-only|armed-by-starter|arm-only-by-starter SPEC. Prints the ticket, then (not with leave) the outcome, one JSON
// document per line. armed: the run was made ready before; arm-only: it is never started, and null is printed;
// by-starter: the small process that takes over where many are armed has made it ready.
import { LocalExecutor } from '../../dist/execution/executors/local.js';
import { Starter } from '../../dist/execution/executors/local/starter.js';

const [mode, spec] = process.argv.slice(2);
const starter = mode?.endsWith('by-starter') ? new Starter(process.env) : undefined;
// It is asked from the beginning.
if (starter) starter.isUp = true;
const executor = new LocalExecutor(starter ? { starter } : {});
const armed = mode?.startsWith('arm') ? await executor.arm(JSON.parse(spec)) : undefined;
if (mode?.startsWith('arm-only')) {
  process.stdout.write('null\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
const run = armed ? await armed.start() : await executor.start(JSON.parse(spec));
process.stdout.write(`${JSON.stringify(run.ticket)}\n`);
if (mode !== 'leave') process.stdout.write(`${JSON.stringify(await run.outcome)}\n`);
await executor.close();
