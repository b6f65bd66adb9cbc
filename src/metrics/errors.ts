import { defineErrors } from '../errors.ts';

export const metricsError = defineErrors({
  METRICS_NOT_FOUND: {
    exit: 2,
    about:
      'There is no file or folder at the path, or nothing in the folder. Check the path and whether the training wrote there.',
  },
  METRICS_UNREADABLE: {
    exit: 2,
    about: 'The file exists but cannot be read: permissions, a device, a damaged disk. Make it readable.',
  },
  METRICS_BINARY: {
    exit: 2,
    about:
      'The file is not text and no binary format recognizes it. Unpack it, or name the file that holds the metrics.',
  },
  METRICS_UNRECOGNIZED: {
    exit: 2,
    about:
      'No format recognizes the file. Name the format, or log metrics as CSV, JSONL or `name: value` lines.',
  },
  METRICS_TOO_LARGE: {
    exit: 2,
    about:
      'A file that must be read whole (JSON) is too large for that. Log one JSON object per line (JSONL) instead.',
  },
  METRICS_FORMAT_UNKNOWN: {
    exit: 2,
    about:
      'The named metrics format does not exist. Use one of the listed names, or leave it out to have it detected.',
  },
  METRIC_NOT_FOUND: {
    exit: 2,
    about: 'The log holds no metric of that name. Use one of the listed names.',
  },
  METRIC_AMBIGUOUS: {
    exit: 2,
    about: 'Several logged metrics answer to that name. Write the full name of the one that is meant.',
  },
});
