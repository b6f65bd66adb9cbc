import type { Point } from '../metrics/_contract.ts';
import type { RunStatus } from '../study/types.ts';
import type { StudyEvent } from '../study/events.ts';
import type { StudyRecord } from '../study/record.ts';

export interface StudySummary {
  id: string;
  createdAt: number;
  runs: Record<RunStatus, number>;
  /** Number of the last iteration and whether it was concluded. */
  iteration: number;
  isConcluded: boolean;
}

export interface IndexedPoint {
  index: number;
  point: Point;
}

/** Something that happened, or a part of a curve: new points, or none any more from an index on. */
export type Entry =
  | { event: StudyEvent }
  | { run: string; points: readonly IndexedPoint[] }
  | { run: string; dropFrom: number };

/** Where studies are kept. Every event is durable when `append` resolves; a crash at any moment loses none that did. */
export interface Store {
  /** Stores the event and the rows it changes in one transaction. `record` is the state after the event. */
  append(record: StudyRecord, event: StudyEvent): Promise<void>;
  /** Stores entries in order, all of them or none. `record` is the state after the last. */
  appendAll(record: StudyRecord, entries: readonly Entry[]): Promise<void>;
  /** Ids of all studies, newest first. */
  list(): Promise<string[]>;
  /** Id of the newest study that has begun an iteration; undefined where there is none. */
  latest(): Promise<string | undefined>;
  load(study: string): Promise<StudyRecord>;
  /** The stored events in order (for replays and audits). */
  events(study: string): Promise<StudyEvent[]>;
  /** Counts by status, without loading runs. */
  summarize(study: string): Promise<StudySummary>;
  /** Writes points at their index; a point that is written again replaces the former one. */
  savePoints(study: string, run: string, points: readonly IndexedPoint[]): Promise<void>;
  /** Forgets the points of a run from `index` on (its log was rewritten). */
  dropPoints(study: string, run: string, fromIndex: number): Promise<void>;
  curve(study: string, run: string): Promise<Point[]>;
  close(): Promise<void>;
}
