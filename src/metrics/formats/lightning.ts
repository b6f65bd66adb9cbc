import { knownTable, type TableFacts } from '../csv/known.ts';

/**
 * `metrics.csv` of PyTorch Lightning's (and Fabric's) CSVLogger. Training, validation and test come in rows of their own,
 * merged here where they name the same step; the file is rewritten whenever a new metric appears.
 */
export const lightning = knownTable({
  name: 'lightning',
  title: 'PyTorch Lightning CSVLogger',
  epochs: 0,
  recognize: ({ names, rows, path, sample }) => {
    if (!path.endsWith('metrics.csv') || !names.includes('step')) return undefined;
    if (/(?:^|\/)(?:version_\d+|lightning_logs)\/(?:.*\/)?metrics\.csv$/.test(path))
      return 'metrics.csv in a version folder';
    if (!names.includes('epoch')) return undefined;
    if (sample.listing.includes('hparams.yaml')) return 'metrics.csv beside hparams.yaml';
    return isSparse({ names, rows })
      ? 'metrics.csv with epoch and step, training and validation in rows of their own'
      : undefined;
  },
});

/** Every row leaves some metric out: Lightning logs training and validation apart. Epochs count from 0. */
function isSparse({ names, rows }: Pick<TableFacts, 'names' | 'rows'>): boolean {
  const epoch = names.indexOf('epoch');
  return (
    rows.length > 0 &&
    Number(rows[0]?.[epoch]) === 0 &&
    rows.every((cells) => cells.some((cell) => cell === ''))
  );
}
