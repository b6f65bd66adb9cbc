import { defineErrors } from '../errors.ts';

export const reportError = defineErrors({
  REPORT_NOT_WRITABLE: {
    exit: 2,
    about:
      'The report, a plot or the checklist could not be written. Make the folder writable, free space on the disk, or choose another folder with `out` in pawl.yaml; then rebuild the report with `pawl report`.',
  },
  REPORT_OUTSIDE: {
    exit: 2,
    about:
      'A file of the report would lie outside the project folder. Choose a folder inside it with `out` in pawl.yaml.',
  },
});
