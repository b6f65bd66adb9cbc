import type { Issue, RuleCase } from '../rules/_contract.ts';
import type { Suspect, Suspicion } from './_contract.ts';
import { fewExamples } from './few-examples.ts';
import { wrongLabels } from './wrong-labels.ts';

const ALL: readonly Suspect[] = [wrongLabels, fewExamples];
/** Where the optimization itself is broken, its curves say nothing about the data. */
const SILENT: ReadonlySet<Issue> = new Set<Issue>([
  'diverged',
  'exploding-gradients',
  'vanishing-gradients',
  'learning-rate-too-high',
  'undetermined',
]);

/** What may lie behind the primary issue. */
export function suspicionsOf(given: RuleCase, primary: Issue): Suspicion[] {
  return SILENT.has(primary) ? [] : ALL.flatMap((suspect) => suspect.look(given) ?? []);
}
