import type { Goal, Select } from '../metrics/_contract.ts';

/** What the options ask for. */
export interface Wish {
  metric: string | undefined;
  goal: Goal | undefined;
  select: Select;
  plot: string | undefined;
}
