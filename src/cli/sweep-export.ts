import type { Project } from '../project/load.ts';
import type { Context } from './context.ts';
export async function exportSweep(_c: Context, _p: Project, _f: string): Promise<number> {
  return 0;
}
