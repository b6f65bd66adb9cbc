import { knownTable } from '../csv/known.ts';

/**
 * `results.csv` of Ultralytics and YOLOv5: padded with spaces in their older versions, with a `time` column in newer ones.
 * YOLOv5 counts epochs from 0, its successors from 1; the numbers tell.
 */
export const ultralytics = knownTable({
  name: 'ultralytics',
  title: 'Ultralytics results.csv',
  recognize: ({ names }) => {
    if (names[0] !== 'epoch') return undefined;
    const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
    return has(/^train\/\w*loss$/) &&
      has(/^(?:metrics\/|(?:val|test)\/\w*loss$)/) &&
      has(/^(?:lr\/(?:pg)?|x\/lr)\d$/)
      ? 'train/, metrics/ and learning rates by group'
      : undefined;
  },
});
