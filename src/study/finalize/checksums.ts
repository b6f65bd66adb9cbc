import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { inProject, type Project } from '../../project/load.ts';
import type { Checkpoint } from '../types.ts';

/** SHA-256 of every file, read as a stream. */
export async function withChecksums(
  project: Project,
  checkpoints: readonly Checkpoint[],
): Promise<(Checkpoint & { sha256: string })[]> {
  const result: (Checkpoint & { sha256: string })[] = [];
  for (const checkpoint of checkpoints) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(inProject(project, checkpoint.file)))
      hash.update(chunk as Buffer);
    result.push({ ...checkpoint, sha256: hash.digest('hex') });
  }
  return result;
}
