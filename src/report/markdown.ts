import type { StudyOutcome } from '../study/types.ts';
import { buildChecklist, type Check } from './checklist.ts';
import { analysis } from './sections/analysis.ts';
import { configurationChanges } from './sections/changes.ts';
import { checklistSection } from './sections/checklist.ts';
import { checkpoints } from './sections/checkpoints.ts';
import { decisionSection } from './sections/decision.ts';
import { headline } from './sections/headline.ts';
import { learningCurves } from './sections/learning.ts';
import { path } from './sections/path.ts';
import { performanceComparison } from './sections/performance.ts';
import { trainingProfile } from './sections/profile.ts';
import { reproducibility } from './sections/reproducibility.ts';
import { targetAchievement } from './sections/target.ts';
import { blocks } from './table.ts';
import { viewOf } from './view.ts';

export interface ReportFacts {
  checks?: readonly Check[];
  /** Why there is no plot; null or absent where there is one. */
  plotFailure?: string | null;
}

/** optimization_results.md: what was changed, what came of it, how sure that is, and what to do next. */
export function renderReport(outcome: StudyOutcome, facts: ReportFacts = {}): string {
  const view = viewOf(outcome);
  const plotFailure = facts.plotFailure ?? null;
  const checks = facts.checks ?? buildChecklist(outcome, { plotFailure });
  return `${blocks(
    headline(view),
    configurationChanges(view),
    performanceComparison(view),
    targetAchievement(view),
    trainingProfile(view),
    learningCurves(view, plotFailure),
    analysis(view),
    path(view),
    reproducibility(view),
    decisionSection(view),
    checkpoints(view),
    checklistSection(view, checks),
  )}\n`;
}
