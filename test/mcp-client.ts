import { spawn } from 'node:child_process';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';
import { makeToyProject, PAWL, type ToyOptions } from './toy-project.ts';

const closing: (() => unknown)[] = [];

/** Closes what a test opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).toReversed()) await close();
}

export function project(options: ToyOptions = {}): string {
  const made = makeToyProject(options);
  closing.push(() => made.remove());
  return made.folder;
}

/** A real client on a server of its own. */
export async function connect(folder: string): Promise<{ client: Client; pid: number }> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [PAWL, 'mcp', '--project', folder],
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  closing.push(async () => client.close());
  return { client, pid: transport.pid ?? 0 };
}

const failure = z.object({ error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }) });
const texts = z.array(z.looseObject({ type: z.string(), text: z.string().optional() }));

export interface Called {
  document: Record<string, unknown>;
  text: string;
  /** The code of the error, or its text where it is the server's own; null where it went well. */
  error: string | null;
}

export async function call(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<Called> {
  const result = await client.callTool({ name, arguments: args }, { timeout: 280_000 });
  const [first] = texts.parse(result.content);
  const text = first?.text ?? '';
  if (result.isError) {
    const parsed = text.startsWith('{') ? failure.parse(JSON.parse(text)).error.code : text;
    return { document: {}, text, error: parsed };
  }
  return { document: z.looseObject({}).parse(result.structuredContent), text, error: null };
}

export async function untilOver(client: Client): Promise<Record<string, unknown>> {
  for (;;) {
    const { document } = await call(client, 'wait', { timeoutSeconds: 60 });
    if (document['state'] !== 'running' && document['state'] !== 'starting') return document;
  }
}

/** Processes that carry the folder in their command line. */
export async function processesOf(folder: string): Promise<string[]> {
  const child = spawn('ps', ['-eo', 'pid=,args=']);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  await new Promise((resolve) => child.once('close', resolve));
  return text.split('\n').filter((line) => line.includes(folder));
}
