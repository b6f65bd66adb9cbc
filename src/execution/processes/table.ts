import { existsSync } from 'node:fs';
import type { ProcessTable } from './process.ts';

/** The best source this system has. */
export async function processTable(platform: NodeJS.Platform = process.platform): Promise<ProcessTable> {
  if (platform === 'win32') return (await import('./windows.ts')).windows;
  if (existsSync('/proc/self/stat')) return (await import('./procfs.ts')).procfs;
  return (await import('./ps.ts')).ps;
}
