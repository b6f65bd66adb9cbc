// The MCP server as an agent meets it: time from its start to the first answer, and of a status call on a study of
// 1,000 runs × 50 epochs, over stdio with a real client. Processor time (Linux, in ticks of 10 ms) says more than the clock
// where other work runs.
// Usage: npm run build && node bench/mcp/status.mjs [--runs 1000] [--calls 200]
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { makeStudy } from '../store/make-study.mjs';

const option = (name, fallback) => Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) || fallback;
const RUNS = option('runs', 1000);
const CALLS = option('calls', 200);
const pawl = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin', 'pawl');
const { folder } = await makeStudy({ runs: RUNS, epochs: 50 });
const quantile = (values, q) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];

/** User and system time of a process so far. */
function processorMs(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN;
  }
}

async function connect() {
  const begun = performance.now();
  const client = new Client({ name: 'bench', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [pawl, 'mcp', '--project', folder],
  });
  await client.connect(transport);
  await client.listTools();
  const { pid } = transport;
  return { client, pid, ms: performance.now() - begun, processor: processorMs(pid) };
}

const starts = [];
const nodes = [];
const used = { server: [], node: [] };
for (let i = 0; i < 9; i++) {
  const { client, ms, processor } = await connect();
  starts.push(ms);
  used.server.push(processor);
  await client.close();
  const at = performance.now();
  const script = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)';
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  nodes.push(performance.now() - at);
  used.node.push(Number(stdout));
}
const { client, pid } = await connect();
// An agent reads the list of tools before it calls one.
await new Promise((resolve) => setTimeout(resolve, 1500));
const times = [];
let warm = 0;
for (let i = 0; i < CALLS; i++) {
  const at = performance.now();
  const { structuredContent } = await client.callTool({ name: 'status', arguments: {} });
  times.push(performance.now() - at);
  if (i === 0) warm = processorMs(pid);
  if (structuredContent?.counts?.finished !== RUNS) throw new Error('status did not see the runs');
}
const perCall = (processorMs(pid) - warm) / (CALLS - 1);
await client.close();
rmSync(folder, { recursive: true, force: true });
const ms = (value) => `${value.toFixed(1)} ms`;
console.log(
  `server start to its list of tools: least ${ms(Math.min(...starts))}, median ${ms(quantile(starts, 0.5))} (goal: under 300 ms); node -e 0: least ${ms(Math.min(...nodes))}, median ${ms(quantile(nodes, 0.5))} (ratio of the least ${(Math.min(...starts) / Math.min(...nodes)).toFixed(2)})`,
);
console.log(
  `status, ${RUNS} runs: first (with what the client compiles) ${ms(times[0])}, median ${ms(quantile(times, 0.5))}, p99 ${ms(quantile(times, 0.99))} (goal: under 20 ms)`,
);
console.log(
  `processor time: start ${ms(Math.min(...used.server))} (node alone ${ms(Math.min(...used.node))}), status ${ms(perCall)} a call`,
);
