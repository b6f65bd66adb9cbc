import { knownTable } from '../csv/known.ts';

/** Keras's CSVLogger: the epoch (from 0), then the logs in alphabetical order; what was not logged is `NA`. */
export const keras = knownTable({
  name: 'keras',
  title: 'Keras CSVLogger',
  epochs: 0,
  recognize: ({ names: [first, ...metrics], rows }) => {
    if (first !== 'epoch' || metrics.length === 0 || Number(rows[0]?.[0]) !== 0) return undefined;
    const isSorted = metrics.every((name, i) => i === 0 || (metrics[i - 1] as string) < name);
    const hasTwin = metrics.some((name) => metrics.includes(`val_${name}`));
    return isSorted && metrics.includes('loss') && (hasTwin || metrics.length < 4)
      ? 'the epoch from 0, then metrics in alphabetical order'
      : undefined;
  },
});
