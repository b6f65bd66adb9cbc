import { formatDuration } from '../../project/duration.ts';
import type { Run, TrialResult } from '../../study/types.ts';
import { countedRuns } from '../counted.ts';
import { codeCell, escapeMarkdown } from '../escape.ts';
import { ABSENT } from '../number.ts';
import { blocks, table } from '../table.ts';
import { signedAsLogged, type ReportView } from '../view.ts';

/** Every run with its figures, and the pairs of equal seeds. */
export function runTables(view: ReportView): string {
  return blocks('### Runs', everyRun(view), pairs(view));
}

function everyRun({ outcome, columns, figures }: ReportView): string {
  const hasNotes = columns.some(({ result }) => result.runs.some((run) => noteOf(run) !== ''));
  const rows = columns.flatMap(({ name, result }) =>
    result.runs.map((run) => [
      codeCell(run.id),
      name.toLowerCase(),
      run.seed === null ? 'not known' : String(run.seed),
      run.attempt > 1 ? `${run.status} (attempt ${run.attempt})` : run.status,
      figures.value(run.value?.value),
      run.value === null ? ABSENT : `${run.value.epoch} of ${run.value.epochs}`,
      figures.value(run.value?.last),
      figures.value(run.value?.train),
      durationOf(run),
      ...(hasNotes ? [noteOf(run)] : []),
    ]),
  );
  const headers = [
    'Run',
    'Trial',
    'Seed',
    'Status',
    codeCell(outcome.metric.name),
    'Epoch',
    'Last',
    'Train',
    'Duration',
  ];
  return table(
    [...headers, ...(hasNotes ? ['Notes'] : [])],
    ['left', 'left', 'right', 'left', 'right', 'right', 'right', 'right', 'right', 'left'],
    rows,
  );
}

function noteOf(run: Run): string {
  return [...(run.failure === null ? [] : [`${run.failure.code}: ${run.failure.message}`]), ...run.notes]
    .map((note) => escapeMarkdown(note, 240))
    .join('; ');
}

function durationOf({ startedAt, endedAt }: Run): string {
  return startedAt === null || endedAt === null ? ABSENT : formatDuration(endedAt - startedAt);
}

function pairs({ outcome, figures, hasIncumbent }: ReportView): string {
  const { reference, optimized, metric } = outcome;
  const from = seedValues(reference);
  const to = seedValues(optimized);
  const shared = [...to.keys()].filter((seed) => from.has(seed));
  if (shared.length < 2) return '';
  const rows = shared.map((seed) => {
    const before = from.get(seed) as number;
    const after = to.get(seed) as number;
    const difference = after - before;
    const isBetter = signedAsLogged(difference, metric) > 0;
    return [
      String(seed),
      figures.value(before),
      figures.value(after),
      figures.difference(difference),
      figures.isZero(difference) ? 'equal' : isBetter ? 'better' : 'worse',
    ];
  });
  return blocks(
    'Pairs of runs with the same seed:',
    table(
      ['Seed', hasIncumbent ? 'Incumbent' : 'Baseline', 'Optimized', 'Difference', ''],
      ['right', 'right', 'right', 'right', 'left'],
      rows,
    ),
  );
}

function seedValues(result: TrialResult): Map<number, number> {
  return new Map(
    countedRuns(result).flatMap((run) => (run.seed === null ? [] : [[run.seed, run.value.value] as const])),
  );
}
