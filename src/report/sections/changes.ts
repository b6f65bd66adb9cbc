import type { ChangeOutcome } from '../../study/types.ts';
import { codeCell, code, escapeMarkdown } from '../escape.ts';
import { ABSENT } from '../number.ts';
import { formatSetting } from '../setting.ts';
import { blocks, plural, table } from '../table.ts';
import type { ReportView } from '../view.ts';

export function configurationChanges(view: ReportView): string {
  const { changes, skipped, artifacts, baselineConfig, reference } = view.outcome;
  const from = view.hasIncumbent ? reference.trial.config : baselineConfig;
  const start = view.hasIncumbent ? 'the incumbent' : 'the baseline';
  return blocks(
    '## Configuration Changes',
    `${code(artifacts.config)}: ${plural(changes.length, 'change')} from ${start} (${code(from)}).`,
    changes.length > 0 &&
      table(
        ['Path', 'From', 'To', 'Kind', 'Why', 'Source', 'Effect alone'],
        [],
        changes.map((change) => [
          codeCell(change.path),
          change.kind === 'new' ? ABSENT : codeCell(formatSetting(change.from)),
          change.kind === 'removed' ? ABSENT : codeCell(formatSetting(change.to)),
          change.kind,
          escapeMarkdown(change.why, 160),
          sourceOf(change, view),
          effectCell(change, view),
        ]),
      ),
    skipped.length > 0 &&
      blocks(
        '### Not applied',
        table(
          ['Recommendation', 'Reason', 'What', 'Report line'],
          ['left', 'left', 'left', 'right'],
          skipped.map(({ recommendation, reason, message, candidates, line }) => [
            recommendation === null ? ABSENT : String(recommendation),
            reason,
            escapeMarkdown(message) +
              (candidates.length > 0
                ? ` Candidates: ${candidates.map((path) => codeCell(path)).join(', ')}.`
                : ''),
            String(line),
          ]),
        ),
      ),
  );
}

function sourceOf({ recommendation, line }: ChangeOutcome, { outcome }: ReportView): string {
  const place = line === null ? '' : `${escapeMarkdown(outcome.diagnosis.file)}:${line}`;
  if (recommendation !== null) return `recommendation ${recommendation}${place === '' ? '' : ` (${place})`}`;
  return place === '' ? 'Pawl' : place;
}

export function effectCell({ effect }: ChangeOutcome, { figures }: ReportView): string {
  const label = effect.label.replace('-', ' ');
  if (effect.estimate === null) return label;
  const bounds =
    effect.low === null || effect.high === null ? '' : ` (${figures.interval(effect.low, effect.high)})`;
  return `${label}: ${figures.difference(effect.estimate)}${bounds}`;
}
