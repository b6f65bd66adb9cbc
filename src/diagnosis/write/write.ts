import type { ConfigDocument } from '../../config/_contract.ts';
import type { CurveDiagnosis } from '../diagnose.ts';
import { planChanges } from '../plan.ts';
import type { Advice } from '../recommend/recommend.ts';
import { parseReport } from '../report.ts';
import { sameValue } from '../resolve/slots.ts';
import type { Change } from '../types.ts';
import { renderDiagnosis, type ReportSources } from './report.ts';

export interface WrittenDiagnosis {
  text: string;
  /** The diagnosis as the report has it: recommendations that no report can state without being misread are gone. */
  diagnosis: CurveDiagnosis;
  notes: string[];
}

/**
 * The report of a diagnosis. It has been read back: `planChanges` finds its changes and no others. What cannot be written
 * so that it is read back exactly is left out and said. Pure.
 */
export function writeDiagnosis(
  diagnosis: CurveDiagnosis,
  config: ConfigDocument | null,
  sources: ReportSources,
): WrittenDiagnosis {
  const notes: string[] = [];
  let kept = diagnosis;
  for (;;) {
    for (const withPreview of [true, false]) {
      const text = renderDiagnosis(kept, sources, withPreview);
      if (config === null || isReadBack(text, kept.recommendations, config))
        return { text, diagnosis: kept, notes };
    }
    const text = renderDiagnosis(kept, sources, false);
    const misread = kept.recommendations.filter(
      (advice) => config !== null && !isFound(advice, planned(text, config)),
    );
    const dropped = misread.length > 0 ? misread : kept.recommendations;
    if (dropped.length === 0) return { text, diagnosis: kept, notes };
    for (const { title, changes } of dropped)
      notes.push(
        `${title} (${changes.map(({ path }) => path).join(', ')}) was left out: a report cannot name this place without being misread.`,
      );
    const remaining = kept.recommendations.filter((advice) => !dropped.includes(advice));
    kept = { ...kept, recommendations: remaining.map((advice, index) => ({ ...advice, number: index + 1 })) };
  }
}

function planned(text: string, config: ConfigDocument): Change[] {
  return planChanges(parseReport(text, 'diagnostic_report.md'), config).changes;
}

function isReadBack(text: string, recommendations: readonly Advice[], config: ConfigDocument): boolean {
  const changes = planned(text, config);
  const wanted = recommendations.flatMap((advice) => advice.changes);
  return changes.length === wanted.length && recommendations.every((advice) => isFound(advice, changes));
}

function isFound({ changes, number }: Advice, plan: readonly Change[]): boolean {
  return changes.every(({ path, kind, to }) =>
    plan.some(
      (change) =>
        change.path === path &&
        change.kind === kind &&
        sameValue(change.to, to) &&
        (change.recommendation === number || change.recommendation === null),
    ),
  );
}
