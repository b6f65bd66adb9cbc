import { McpServer, type CallToolResult, type ServerContext } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { describeFailure, failureJson } from '../failure.ts';
import type { Place } from './place.ts';
import { registerResources } from './resources.ts';
import type { Call, Tool } from './tool.ts';
import { TOOLS } from './tools.ts';

const INSTRUCTIONS = `Pawl turns a diagnosis of a trained model into a better model, with proof.
Order of work: diagnose where there is no report → plan (what would change) → start with dryRun (the cost) → start (returns at once with an id) → status or wait until state is no longer "running" → report → by the decision: start with iteration + 1, or start_finalize. start_sweep searches instead of taking the recommended values.
Trainings may take hours: never expect start to block. A study goes on when this connection ends; status finds it again.
The verdict says what is known: "unverified" is one seed and no proof, "inconclusive" is not a win. Never claim more.
What is trained and how is fixed by pawl.yaml in the project; no tool takes a command.`;

/** The first requests, which ask what there is, come before. */
const WARM_AFTER_MS = 250;

/** Serves MCP on stdin and stdout until the client goes. Resolves when the connection has ended. */
export async function serve(place: Place): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve);
  });
  const handle = serveStdio(() => createServer(place), {
    onerror: (error) => process.stderr.write(`pawl mcp: ${error.message}\n`),
  });
  const warming = setTimeout(warm, WARM_AFTER_MS);
  await ended;
  clearTimeout(warming);
  await handle.close();
}

/** While the agent reads the list of tools: what every further call needs, so that the first one is as quick as the rest. */
function warm(): void {
  const rooms = [import('./read-standing.ts'), import('../project/load.ts'), import('../project/schema.ts')];
  // What cannot be loaded is said by the call that needs it.
  void Promise.allSettled(rooms);
}

function createServer(place: Place): McpServer {
  const server = new McpServer(
    { name: 'pawl', title: 'Pawl', version: place.version },
    { instructions: INSTRUCTIONS },
  );
  for (const tool of TOOLS) registerTool(server, place, tool);
  registerResources(server, place);
  return server;
}

function registerTool(server: McpServer, place: Place, tool: Tool): void {
  server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      inputSchema: tool.input,
      outputSchema: tool.output,
      annotations: {
        readOnlyHint: tool.isReadOnly,
        destructiveHint: false,
        idempotentHint: tool.isReadOnly,
        openWorldHint: false,
      },
    },
    async (args, context) => answer(tool, place, args, context),
  );
}

/** An error that the agent can mend is an answer with `isError`: code, message and remedy, as every face gives them. */
async function answer(
  tool: Tool,
  place: Place,
  args: unknown,
  context: ServerContext,
): Promise<CallToolResult> {
  try {
    // The server has checked the arguments against the tool's own schema.
    const { document, text, links = [] } = await tool.run(place, args as never, callOf(context));
    return {
      content: [
        { type: 'text', text: text ?? JSON.stringify(document) },
        ...links.map((link) => ({ type: 'resource_link' as const, ...link })),
      ],
      structuredContent: document,
    };
  } catch (error) {
    if (context.mcpReq.signal.aborted) throw error;
    return {
      isError: true,
      content: [{ type: 'text', text: JSON.stringify(failureJson(describeFailure(error))) }],
    };
  }
}

function callOf({ mcpReq }: ServerContext): Call {
  const progressToken = mcpReq._meta?.progressToken;
  return {
    signal: mcpReq.signal,
    async progress(progress, message) {
      if (progressToken === undefined) return;
      await mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress, message },
      });
    },
  };
}
