import { describeVerificationCost } from '../cost.ts';
import { code, codeCell, escapeMarkdown } from '../escape.ts';
import { formatShare } from '../percent.ts';
import { blocks, plural } from '../table.ts';
import { isWeak } from '../verdict.ts';
import type { ReportView } from '../view.ts';
import { DECISIONS } from './headline.ts';

export function decisionSection(view: ReportView): string {
  const { decision, reason, next, verdict, iteration, maxIterations, incumbent } = view.outcome;
  return blocks(
    '## Decision',
    `**${decision}**: ${DECISIONS[decision]}.`,
    escapeMarkdown(reason, 600),
    isWeak(verdict) &&
      view.outcome.gain.judgedBy !== 'ignored-seed' &&
      `**The evidence is weak.** ${describeVerificationCost(view.outcome) ?? 'More seeds would tell whether the difference is more than luck.'}`,
    `Best configuration so far: ${codeCell(incumbent)}. Iteration ${iteration} of at most ${maxIterations}.`,
    expectation(view),
    `Next: ${code(next)}`,
  );
}

/** Information for the reader; no decision rests on it. */
function expectation({ outcome, figures }: ReportView): string | null {
  const expected = outcome.evidence?.expectedGain;
  if (!expected) return null;
  return `One more iteration, for information: expected gain ${figures.difference(expected.gain)}, accepted with a probability of ${formatShare(expected.pAccept)} (at most ${plural(expected.plannedPairs, 'pair')}; a rejected change counts as 0). It supposes that the next change is about half as good as this one after shrinking, give or take half a seed sd; the decision does not rest on it.`;
}
