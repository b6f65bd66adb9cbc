import type { Tool } from './tool.ts';
import { compare } from './tools/compare.ts';
import { diagnose } from './tools/diagnose.ts';
import { metrics } from './tools/metrics.ts';
import { plan } from './tools/plan.ts';
import { report } from './tools/report.ts';
import { startFinalize } from './tools/start-finalize.ts';
import { startSweep } from './tools/start-sweep.ts';
import { start } from './tools/start.ts';
import { status } from './tools/status.ts';
import { stop } from './tools/stop.ts';
import { wait } from './tools/wait.ts';

/** In the order in which an agent needs them. */
export const TOOLS: readonly Tool[] = [
  diagnose,
  plan,
  start,
  startSweep,
  status,
  wait,
  stop,
  report,
  startFinalize,
  compare,
  metrics,
];
