import { join } from 'node:path';
import type { FinalOutcome } from '../../study/finalize/types.ts';
import { writeKeeping } from '../keep.ts';
import { finalJson } from './document.ts';
import { renderModelCard } from './model-card.ts';
import { renderTestResults } from './results.ts';

/** Writes test_results.md, the model card and the JSON; earlier ones that differ are kept beside and named. */
export async function writeFinal(outcome: FinalOutcome, root: string): Promise<string[]> {
  const { results, card, json } = outcome.artifacts;
  const notes: string[] = [];
  const files: [string, string][] = [
    [results, renderTestResults(outcome)],
    [card, renderModelCard(outcome)],
    [json, `${JSON.stringify(finalJson(outcome), null, 2)}\n`],
  ];
  for (const [path, content] of files) {
    const kept = await writeKeeping(join(root, path), content);
    if (kept !== null) notes.push(`${path} was there already and differs; it is kept beside it.`);
  }
  return notes;
}
