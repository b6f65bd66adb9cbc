import { PawlError } from '../errors.ts';
import { takeLock } from '../store/lock.ts';
import { TrackerFailure } from './_contract.ts';

/** Only one process sends for a project: two would both find the same values missing. */
export class TrackingLock {
  readonly #folder: string;
  #release: (() => void) | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes it where it is not held yet. */
  take(): void {
    if (this.#release) return;
    try {
      this.#release = takeLock(this.#folder, () => {});
    } catch (error) {
      if (!(error instanceof PawlError) || error.code !== 'STUDY_LOCKED') throw error;
      throw new TrackerFailure(
        'unavailable',
        'Another pawl is sending to the trackers of this project.',
        error,
      );
    }
  }

  release(): void {
    this.#release?.();
    this.#release = undefined;
  }
}
