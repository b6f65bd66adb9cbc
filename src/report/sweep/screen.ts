import type { SweepSummary } from '../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../study/types.ts';
import { inkOf } from '../ink.ts';
import { figuresOf } from '../number.ts';
import { formatSetting } from '../setting.ts';
import { plural } from '../table.ts';
import { bestTitle, claimLine, countsLine, stoppedLine } from './sentences.ts';

/** What the terminal shows of a search, above what any optimization shows. Ends with an empty line. */
export function renderSweepScreen(
  summary: SweepSummary,
  outcome: StudyOutcome | null,
  { color, report }: { color: boolean; report: string },
): string {
  const ink = inkOf(color);
  const { metric } = summary;
  const best = summary.trials.find(({ number }) => number === summary.best);
  const figures = figuresOf(metric?.scale ?? 'other', [best?.value, best?.reached]);
  const lines = [`${ink('green', '✓')} Sweep: ${countsLine(summary)}`, `  ${stoppedLine(summary)}`];
  if (best) {
    lines.push(
      `  ${bestTitle(summary)}: trial ${best.number}, ${figures.value(best.value)} over ${plural(best.seeds, 'seed')}`,
    );
    for (const [name, value] of Object.entries(best.params))
      lines.push(`    ${name} = ${formatSetting(value, 60)}`);
  }
  const claim = claimLine(summary, outcome);
  if (claim !== null) lines.push(`  ${claim}`);
  lines.push(`  ${report}`);
  return `${lines.join('\n')}\n\n`;
}
