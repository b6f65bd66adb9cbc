import type { FinalOutcome } from '../../study/finalize/types.ts';
import { code, codeCell, escapeMarkdown } from '../escape.ts';
import { blocks, bullets, table } from '../table.ts';
import { formatSetting } from '../setting.ts';
import { checkpointTable, environmentTable, runsTable } from './tables.ts';
import { caveats, describeGap, describeTest, finalFigures } from './words.ts';

/** test_results.md. */
export function renderTestResults(outcome: FinalOutcome): string {
  const figures = finalFigures(outcome);
  const { metric, test, final, changes, from, artifacts } = outcome;
  const weak = caveats(outcome);
  return `${blocks(
    `# Test results: ${escapeMarkdown(outcome.project, 80)}`,
    `**${escapeMarkdown(test?.metric ?? 'Test metric')}:** ${describeTest(outcome, figures)}`,
    describeGap(outcome),
    weak.length > 0 && blocks('## What weakens this', bullets(weak)),
    '## Figures',
    table(
      ['Split', 'Metric', 'Value', 'Runs'],
      ['left', 'left', 'right', 'right'],
      [
        ['validation, baseline', codeCell(metric.name), figures.value(outcome.baseline.value), ''],
        ['validation, final', codeCell(metric.name), figures.value(final.mean), String(final.n)],
        ...(test
          ? [
              [
                '**test, final**',
                codeCell(test.metric),
                `**${figures.value(test.mean)}**`,
                String(test.values.length),
              ],
            ]
          : []),
      ],
    ),
    runsTable(outcome, figures),
    '## Config',
    `${code(artifacts.config)}, from ${code(from.config)}, which iteration ${from.iteration} accepted.${
      changes.length === 0 ? ' Nothing was changed for the final training.' : ' For the final training:'
    }`,
    changes.length > 0 &&
      bullets(
        changes.map(
          ({ path, from: before, to, why }) =>
            `${code(path)}: ${code(formatSetting(before))} → ${code(formatSetting(to))}, ${escapeMarkdown(why)}`,
        ),
      ),
    outcome.checkpoints.length > 0 && blocks('## Checkpoints', checkpointTable(outcome)),
    '## Reproducibility',
    `\`\`\`sh\n${outcome.command.replaceAll('```', "'''")}\n\`\`\``,
    environmentTable(outcome),
  )}\n`;
}
