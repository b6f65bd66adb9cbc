import { knownTable } from '../csv/known.ts';

/** `summary.csv` of timm's `train.py`: the epoch (from 0), train_ and eval_ metrics, the learning rate. */
export const timm = knownTable({
  name: 'timm',
  title: 'timm summary.csv',
  recognize: ({ names, sample }) => {
    const has = (prefix: string): boolean => names.some((name) => name.startsWith(prefix));
    return sample.name === 'summary.csv' && names[0] === 'epoch' && has('train_') && has('eval_')
      ? 'summary.csv with train_ and eval_ columns'
      : undefined;
  },
});
