/** What the evidence says of a trial against the baseline; `unverified` is a single seed. */
export type Verdict = 'better' | 'not-better' | 'inconclusive' | 'unstable' | 'unverified';

/** Why a sequential comparison ended. */
export type StopReason =
  | 'limit-crossed'
  | 'futility'
  | 'first-look'
  | 'planned-pairs-done'
  | 'budget-spent'
  | 'diverged'
  | 'killed'
  | 'ignored-seed'
  | 'single-run';

export interface Conclusion {
  state: 'continue' | 'stop';
  /** `inconclusive` while the state is `continue`. */
  verdict: Verdict;
  /** Why it stopped; null while it continues. */
  reason: StopReason | null;
}

/** Something the reader of a verdict must know, in one sentence. */
export interface Note {
  code: NoteCode;
  message: string;
}

export type NoteCode =
  | 'alpha-rounded'
  | 'alpha-outside-table'
  | 'alpha-spent'
  | 'baseline-diverged'
  | 'early-futility'
  | 'few-pairs'
  | 'first-look'
  | 'ignored-seed'
  | 'no-difference'
  | 'optimistic'
  | 'pairs-unused'
  | 'pairs-waiting'
  | 'seeds-unpaired'
  | 'single-run'
  | 'spread-floored'
  | 'unpaired'
  | 'unstable';
