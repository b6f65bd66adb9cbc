import { extname, join } from 'node:path';
import type { ConfigDocument } from '../../config/_contract.ts';
import type { Change } from '../../diagnosis/types.ts';
import { type Project, toProjectPath } from '../../project/load.ts';
import type { Space } from '../../search/space.ts';
import { writeEdited } from '../configure.ts';
import { hashValue } from '../hash.ts';
import type { Trial } from '../types.ts';
import { candidateId } from './candidate-id.ts';
import { changesOf } from './changes.ts';
import type { Candidacy } from './types.ts';

export interface CandidateMaker {
  project: Project;
  study: string;
  iteration: number;
  base: ConfigDocument;
  space: Space;
  /** Changes that every configuration but the baseline has. */
  fixed: readonly Change[];
}

const LABELS = {
  baseline: 'Baseline',
  recommended: 'Recommended values',
  sampled: 'Trial',
  imported: 'Imported',
};

/** Makes a configuration of the search into a trial with a config file of its own. */
export async function makeCandidate(maker: CandidateMaker, candidacy: Candidacy): Promise<Trial> {
  const { project, base, iteration } = maker;
  const { number, origin } = candidacy;
  const known = { id: candidateId(iteration, number), kind: 'candidate' as const, iteration, candidacy };
  const label = origin === 'sampled' ? `Trial ${number}` : LABELS[origin];
  if (origin === 'baseline') {
    const config = toProjectPath(project, base.file);
    return { ...known, label, config, configHash: hashValue(base.value), changes: [] };
  }
  const changes = candidateChanges(maker, candidacy, `trial ${number} of the sweep`);
  const folder = join('.pawl', 'trials', maker.study);
  const target = join(folder, `${known.id}${extname(base.file) || '.yaml'}`);
  return { ...known, label, changes, ...(await writeEdited(project, base, changes, target, () => {})) };
}

/** Against the config that the sweep starts from. What was recommended beside the space keeps its own reason. */
export function candidateChanges(
  { base, space, fixed }: Pick<CandidateMaker, 'base' | 'space' | 'fixed'>,
  { params, origin }: Candidacy,
  why: string,
): Change[] {
  if (origin === 'baseline') return [];
  const searched = changesOf(params, space, base, why);
  const paths = new Set(searched.map(({ path }) => path));
  return [...fixed.filter(({ path }) => !paths.has(path)), ...searched];
}
