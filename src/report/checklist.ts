import type { StudyOutcome } from '../study/types.ts';
import { comparisonChecks } from './checks/comparison.ts';
import { decisionChecks } from './checks/decision.ts';
import { preparationChecks } from './checks/preparation.ts';
import { trainingChecks } from './checks/training.ts';
import { escapeMarkdown } from './escape.ts';
import { blocks } from './table.ts';
import { viewOf } from './view.ts';

/** One box: what should hold, whether it does, and what says so. */
export interface Check {
  group: 'Preparation' | 'Training' | 'Comparison' | 'Decision';
  /** Markdown-safe; foreign text stands in `evidence`. */
  text: string;
  done: boolean;
  /** Plain text. */
  evidence: string;
}

export interface ChecklistFacts {
  /** Why there is no plot; null where it was drawn. */
  plotFailure: string | null;
}

/** Every box is ticked or not from what the study holds; nothing is ticked because it should be so. */
export function buildChecklist(
  outcome: StudyOutcome,
  facts: ChecklistFacts = { plotFailure: null },
): Check[] {
  const view = viewOf(outcome);
  return [
    ...preparationChecks(view),
    ...trainingChecks(view),
    ...comparisonChecks(view, facts.plotFailure),
    ...decisionChecks(view),
  ];
}

/** optimization_complete.md. */
export function renderChecklist(
  outcome: StudyOutcome,
  checks: readonly Check[] = buildChecklist(outcome),
): string {
  const groups = [...new Set(checks.map((check) => check.group))];
  const done = checks.filter((check) => check.done).length;
  return `${blocks(
    `# Optimization checklist: ${escapeMarkdown(outcome.study.project, 80)}, iteration ${outcome.iteration}`,
    `${done} of ${checks.length} boxes are ticked. A box is ticked by evidence only; the evidence stands beneath it.`,
    ...groups.map((group) =>
      blocks(
        `## ${group}`,
        checks
          .filter((check) => check.group === group)
          .map(line)
          .join('\n'),
      ),
    ),
  )}\n`;
}

const line = ({ done, text, evidence }: Check): string =>
  `- [${done ? 'x' : ' '}] ${text}\n  - ${escapeMarkdown(evidence, 600)}`;
