import type { Generated } from 'kysely';

/** Tables. JSON columns hold the documents of `study/types.ts`; the columns beside them are what queries filter by. */
export interface Tables {
  meta: { key: string; value: string };
  studies: { id: string; created_at: number; project: string; data: string };
  events: { seq: Generated<number>; study: string; at: number; type: string; data: string };
  trials: { study: string; id: string; position: number; data: string };
  runs: {
    study: string;
    id: string;
    position: number;
    trial: string;
    status: string;
    seed: number | null;
    value: number | null;
    started_at: number | null;
    ended_at: number | null;
    data: string;
  };
  iterations: { study: string; position: number; iteration: number; is_concluded: number; data: string };
  points: {
    study: string;
    run: string;
    idx: number;
    step: number | null;
    epoch: number | null;
    data: string;
  };
}
