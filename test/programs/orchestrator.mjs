// Runs one training with the compiled local executor, in a process that tests can kill.
// Usage: orchestrator.mjs wait|leave SPEC. Prints the ticket, then (wait) the outcome, one JSON document per line.
import { LocalExecutor } from '../../dist/execution/executors/local.js';

const [mode, spec] = process.argv.slice(2);
const executor = new LocalExecutor();
const run = await executor.start(JSON.parse(spec));
process.stdout.write(`${JSON.stringify(run.ticket)}\n`);
if (mode === 'wait') process.stdout.write(`${JSON.stringify(await run.outcome)}\n`);
await executor.close();
