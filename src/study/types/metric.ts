import type { Goal, Select } from '../../metrics/_contract.ts';

/** How the study's metric is read. */
export interface MetricChoice {
  /** As asked for in pawl.yaml. */
  wanted: string;
  /** As the training logs it. */
  name: string;
  goal: Goal;
  select: Select;
  train: string | null;
  trainLoss: string | null;
  valLoss: string | null;
  /** `percent`: 0–100; `fraction`: 0–1 (shown as %); `other`: own unit. */
  scale: 'percent' | 'fraction' | 'other';
  /** What was chosen and why, when the names differ. */
  note: string | null;
}

export interface TargetStatus {
  /** In the metric's own scale (0.8 for `80%` on a fraction). */
  value: number;
  status: 'confirmed' | 'nominal' | 'not-met' | null;
  /** `pawl.yaml`, or the report's file and line. */
  source: string;
  /** optimized − target, oriented so that + is good. */
  margin: number | null;
  /** What was held against the target: the metric's mean, or the confirm metric's. */
  measured?: { metric: string; value: number };
  /** 90 % interval from the number of examples alone; null where that is not known. */
  interval?: { low: number; high: number; examples: number } | null;
}
