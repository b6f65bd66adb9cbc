import { formatDuration } from '../../project/duration.ts';
import type { TrialResult } from '../../study/types.ts';
import { formatBytes } from '../bytes.ts';
import { ABSENT } from '../number.ts';
import { blocks, plural, table } from '../table.ts';
import type { ReportView } from '../view.ts';

interface Row {
  name: string;
  pick: (result: TrialResult) => number | null;
  show: (value: number) => string;
}

const seconds = (value: number): string => formatDuration(value * 1000);
const epochs = (value: number): string => String(Number(value.toFixed(1)));

const ROWS: readonly Row[] = [
  { name: 'Epochs to best', pick: (result) => result.epochsToBest, show: epochs },
  { name: 'Epochs trained', pick: (result) => result.epochs, show: epochs },
  { name: 'Time per epoch', pick: (result) => result.secondsPerEpoch, show: seconds },
  { name: 'Duration of a run', pick: (result) => result.seconds, show: seconds },
  { name: 'Peak memory', pick: (result) => result.peakMemoryBytes, show: formatBytes },
  { name: 'CPU time', pick: (result) => result.cpuSeconds, show: seconds },
  {
    name: 'GPU utilisation',
    pick: (result) => result.gpuUtilization,
    show: (value) => `${Math.round(value)}%`,
  },
  { name: 'GPU memory', pick: gpuMemoryOf, show: formatBytes },
];

export function trainingProfile({ outcome, columns }: ReportView): string {
  const { study, baseline, optimized, environment } = outcome;
  const measured = ROWS.filter(({ pick }) => columns.some(({ result }) => pick(result) !== null));
  const missing = ROWS.filter((row) => !measured.includes(row)).map(({ name }) => name);
  const rows = measured.map(({ name, pick, show }) => [
    name,
    ...columns.map(({ result }) => {
      const value = pick(result);
      return value === null ? ABSENT : show(value);
    }),
    ratio(pick(baseline), pick(optimized)),
  ]);
  const why = environment.gpus.length === 0 ? ' (no GPU was found)' : '';
  return blocks(
    '## Training Profile',
    'Means over the runs of each trial; memory is the highest of its process tree.',
    rows.length > 0 &&
      table(
        ['', ...columns.map(({ name }) => name), 'Optimized / baseline'],
        ['left', ...columns.map(() => 'right' as const), 'right'],
        rows,
      ),
    missing.length > 0 &&
      `Not measured: ${missing.join(', ')}${missing.some((name) => name.startsWith('GPU')) ? why : ''}.`,
    `This iteration: ${plural(trainingsOf(outcome.baseline, outcome.reference, outcome.optimized), 'training')}, ${formatDuration(study.wallMs)} of wall time.`,
  );
}

/** Runs that Pawl trained itself. */
function trainingsOf(...results: readonly TrialResult[]): number {
  const trained = results
    .flatMap(({ runs }) => runs)
    .filter((run) => run.status !== 'adopted' && run.startedAt !== null);
  return new Set(trained.map((run) => run.id)).size;
}

function gpuMemoryOf({ runs }: TrialResult): number | null {
  const peaks = runs.flatMap((run) => run.resources?.gpuMemoryBytes ?? []);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

function ratio(from: number | null, to: number | null): string {
  if (from === null || to === null || from <= 0) return ABSENT;
  const value = to / from;
  return `× ${value >= 9.95 ? Math.round(value) : value.toFixed(2)}`;
}
