import { defineErrors } from '../errors.ts';

export const storeError = defineErrors({
  STORE_NEWER: {
    exit: 2,
    about: 'The study database was written by a newer Pawl. Update Pawl, or move .pawl/ aside to start over.',
  },
  STORE_DAMAGED: {
    exit: 2,
    about:
      'The study database cannot be read (a damaged or foreign file). Restore .pawl/study.db from a backup, or move .pawl/ aside to start over; the logs of the runs stay in .pawl/runs.',
  },
  STORE_DISK_FULL: {
    exit: 4,
    about:
      'The disk is full, so that nothing more can be stored. Free space and continue with `pawl optimize --resume`.',
  },
  STUDY_LOCKED: {
    exit: 2,
    about:
      'Another `pawl` is working on this project. Wait for it, watch it with `pawl status`, or end it with `pawl stop`.',
  },
  STUDY_NOT_FOUND: {
    exit: 2,
    about: 'The project has no study yet, or none of that name. Start one with `pawl optimize`.',
  },
});
