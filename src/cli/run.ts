import { createContext, type Context } from './context.ts';

/** Options as commander gives them; each command checks what it reads. */
export type Options = Readonly<Record<string, unknown>>;
/** Returns the exit code; undefined means 0. */
export type CommandRun = (
  context: Context,
  args: readonly string[],
  options: Options,
) => Promise<number | undefined>;

/** Loads only the command that runs: the others cost nothing at start. */
const LOAD: Record<string, () => Promise<{ run: CommandRun }>> = {
  init: () => import('./commands/init.ts'),
  plan: () => import('./commands/plan.ts'),
  diagnose: () => import('./commands/diagnose.ts'),
  optimize: () => import('./commands/optimize.ts'),
  sweep: () => import('./commands/sweep.ts'),
  'ask-tell': () => import('./commands/ask-tell.ts'),
  compare: () => import('./commands/compare.ts'),
  metrics: () => import('./commands/metrics.ts'),
  status: () => import('./commands/status.ts'),
  logs: () => import('./commands/logs.ts'),
  stop: () => import('./commands/stop.ts'),
  report: () => import('./commands/report.ts'),
  finalize: () => import('./commands/finalize.ts'),
  sync: () => import('./commands/sync.ts'),
  mcp: () => import('./commands/mcp.ts'),
  completion: () => import('./commands/completion.ts'),
  capabilities: () => import('./commands/capabilities.ts'),
};

export async function runCommand(name: string, args: readonly string[], options: Options): Promise<void> {
  // A sweep is an optimization whose trial is searched for first.
  const command = name === 'optimize' && options['strategy'] === 'sweep' ? 'sweep' : name;
  const load = LOAD[command];
  if (!load) throw new Error(`command '${name}' is in the table but not implemented`);
  const { run } = await load();
  process.exitCode = (await run(createContext(options), args, options)) ?? 0;
}
