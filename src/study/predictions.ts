import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject, type Project } from '../project/load.ts';
import { hasResult } from './results.ts';
import type { Run } from './types.ts';

/** Names under which a training may leave its per-example validation predictions in {output}. */
export const PREDICTION_FILES = ['predictions.jsonl', 'predictions.csv'] as const;

/** The per-example predictions that a run left; undefined where it left none. */
export async function findPredictions(project: Project, run: Run): Promise<string | undefined> {
  for (const name of PREDICTION_FILES) {
    const file = join(inProject(project, run.output), name);
    if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  }
  return undefined;
}

/** Number of validation examples, where a run left its predictions; null where none did. */
export async function countPredictions(project: Project, runs: readonly Run[]): Promise<number | null> {
  for (const run of runs.filter(hasResult)) {
    const file = await findPredictions(project, run);
    if (file === undefined) continue;
    const lines = await countLines(file);
    const examples = file.endsWith('.csv') ? lines - 1 : lines;
    if (examples > 0) return examples;
  }
  return null;
}

async function countLines(file: string): Promise<number> {
  let lines = 0;
  let last = 0x0a;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    for (const byte of bytes) if (byte === 0x0a) lines += 1;
    last = bytes.at(-1) ?? last;
  }
  return last === 0x0a ? lines : lines + 1;
}
