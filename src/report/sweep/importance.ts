/** How much one parameter matters for the metric, with its uncertainty. */
export interface Importance {
  param: string;
  /** Share of all importance, 0 to 1. */
  share: number;
  low: number | null;
  high: number | null;
}

export function importanceOf(_summary: unknown): Importance[] {
  return [];
}
