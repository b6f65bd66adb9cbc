// The MCP server as an agent meets it: time from its start to the first answer, and of a status call on a study of
// 1,000 runs × 50 epochs, over stdio with a real client.
// Usage: npm run build && node bench/mcp/status.mjs [--runs 1000] [--calls 200]
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
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

async function connect() {
  const begun = performance.now();
  const client = new Client({ name: 'bench', version: '1' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [pawl, 'mcp', '--project', folder] }),
  );
  await client.listTools();
  return { client, ms: performance.now() - begun };
}

const starts = [];
const nodes = [];
for (let i = 0; i < 9; i++) {
  const { client, ms } = await connect();
  starts.push(ms);
  await client.close();
  const at = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  nodes.push(performance.now() - at);
}
const { client } = await connect();
// An agent reads the list of tools before it calls one.
await new Promise((resolve) => setTimeout(resolve, 1500));
const times = [];
for (let i = 0; i < CALLS; i++) {
  const at = performance.now();
  const { structuredContent } = await client.callTool({ name: 'status', arguments: {} });
  times.push(performance.now() - at);
  if (structuredContent?.counts?.finished !== RUNS) throw new Error('status did not see the runs');
}
await client.close();
rmSync(folder, { recursive: true, force: true });
const ms = (value) => `${value.toFixed(1)} ms`;
console.log(
  `server start to its list of tools: least ${ms(Math.min(...starts))}, median ${ms(quantile(starts, 0.5))} (goal: under 300 ms); node -e 0: least ${ms(Math.min(...nodes))}, median ${ms(quantile(nodes, 0.5))} (ratio of the least ${(Math.min(...starts) / Math.min(...nodes)).toFixed(2)})`,
);
console.log(
  `status, ${RUNS} runs: first (with what the client compiles) ${ms(times[0])}, median ${ms(quantile(times, 0.5))}, p99 ${ms(quantile(times, 0.99))} (goal: under 20 ms)`,
);
