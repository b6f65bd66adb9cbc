import { knownLines } from '../json/known.ts';

/** `metrics.json` of detectron2: JSON lines by iteration (from 0), an evaluation beside the losses or on a line of its own. */
export const detectron2 = knownLines({
  name: 'detectron2',
  title: 'detectron2 metrics.json',
  recognize: (records, { name }) =>
    name.endsWith('metrics.json') &&
    records.every((record) => 'iteration' in record) &&
    records.some((record) => 'total_loss' in record || 'data_time' in record || 'eta_seconds' in record)
      ? 'metrics.json of lines with iteration and total_loss'
      : undefined,
});
