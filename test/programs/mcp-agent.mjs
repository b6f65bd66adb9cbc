// An agent as a process of its own, to be killed: connects, starts an optimization, says so, and waits for it.
// Usage: node mcp-agent.mjs PAWL FOLDER
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [pawl, folder] = process.argv.slice(2);
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [pawl, 'mcp', '--project', folder],
});
const client = new Client({ name: 'agent', version: '1' });
await client.connect(transport);
const { structuredContent, isError, content } = await client.callTool({
  name: 'start',
  arguments: { evidence: 'quick' },
});
process.stdout.write(
  JSON.stringify({ server: transport.pid, state: structuredContent?.state, isError, content }),
);
await client.callTool({ name: 'wait', arguments: { timeoutSeconds: 200 } });
