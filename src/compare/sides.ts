import { compareError } from './errors.ts';

/** What is compared: paths of runs, or bare numbers as text. */
export interface Sides {
  baseline: string[];
  optimized: string[];
  /** Whether a `--` stood between them. */
  isSplit: boolean;
}

export function needBoth({ baseline, optimized }: Sides): void {
  if (baseline.length > 0 && optimized.length > 0) return;
  const count = baseline.length + optimized.length;
  throw compareError(
    'COMPARE_GROUPS',
    count > 2
      ? `${count} runs are named, and nothing says where the second group begins.`
      : count === 0
        ? 'Nothing is named to compare.'
        : 'Only one group is named.',
    { remedy: 'Name two runs, or two groups with `--` between: pawl compare runs/base-* -- runs/opt-*.' },
  );
}
