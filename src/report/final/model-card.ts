import type { FinalOutcome } from '../../study/finalize/types.ts';
import { code, codeCell, escapeMarkdown, linkTarget } from '../escape.ts';
import { blocks, bullets, table } from '../table.ts';
import { basename } from 'node:path';
import { checkpointTable, dataTable, environmentTable } from './tables.ts';
import { caveats, describeGap, describeTest, finalFigures } from './words.ts';

/** model_card.md, after Mitchell et al. 2019: what is known; what only its makers can say is asked, not invented. */
export function renderModelCard(outcome: FinalOutcome): string {
  const figures = finalFigures(outcome);
  const { metric, test, final } = outcome;
  const weak = caveats(outcome);
  const gap = describeGap(outcome);
  return `${blocks(
    `# Model card: ${escapeMarkdown(outcome.project, 80)}`,
    '<!-- Written by `pawl finalize` from what was measured. Sections marked TODO are for people. -->',
    '## Model',
    bullets([
      `Config: ${code(outcome.artifacts.config)}`,
      `Trained ${new Date(outcome.endedAt).toISOString().slice(0, 10)}, ${final.n} run${final.n === 1 ? '' : 's'}, seed${final.n === 1 ? '' : 's'} ${final.runs.map(({ seed }) => seed ?? 'not known').join(', ')}`,
      `Chosen by ${code(metric.name)} on validation data, in iteration ${outcome.from.iteration} of study ${code(outcome.study)}, verdict **${outcome.verdict}**`,
    ]),
    '## Intended use',
    '_TODO: what the model is for, and what it must not be used for._',
    '## Data',
    outcome.data.length === 0
      ? 'The config names no data. _TODO: which data, from where, under which licence._'
      : blocks(
          'As the config names it:',
          dataTable(outcome),
          '_TODO: origin, licence, and how the splits were made._',
        ),
    '## Metrics',
    table(
      ['Split', 'Metric', 'Value'],
      ['left', 'left', 'left'],
      [
        ['test', codeCell(test?.metric ?? 'not read'), describeTest(outcome, figures).replaceAll('|', '\\|')],
        [
          'validation',
          codeCell(metric.name),
          `${figures.value(final.mean)}${final.sd === null ? '' : ` ± ${figures.spread(final.sd)}`}`,
        ],
        ['validation, baseline', codeCell(metric.name), figures.value(outcome.baseline.value)],
      ],
    ),
    gap,
    '## Limits',
    weak.length > 0
      ? bullets(weak)
      : 'None was found by the checks that Pawl makes. _TODO: what they cannot see: groups, drift, misuse._',
    '## Checkpoints',
    outcome.checkpoints.length === 0
      ? 'None were found. If the training writes some, say where with `checkpoints` in pawl.yaml.'
      : checkpointTable(outcome),
    '## How to reproduce',
    `\`\`\`sh\n${outcome.command.replaceAll('```', "'''")}\n\`\`\``,
    environmentTable(outcome),
    `Details: [${basename(outcome.artifacts.results)}](${linkTarget(basename(outcome.artifacts.results))})`,
  )}\n`;
}
