import type { Sink } from '../_contract.ts';
import { knownTable } from '../csv/known.ts';
import { wrapSink } from '../wrap-sink.ts';

/**
 * fastai's CSVLogger: the epoch (from 0), the losses, the metrics, the time as mm:ss. A fit that is appended counts from 0
 * again, and goes on training the same model: its epochs are counted on.
 */
export const fastai = knownTable({
  name: 'fastai',
  title: 'fastai CSVLogger',
  epochs: 0,
  recognize: ({ names }) =>
    names[0] === 'epoch' && names[1] === 'train_loss' && names[2] === 'valid_loss' && names.at(-1) === 'time'
      ? 'epoch, train_loss, valid_loss … time'
      : undefined,
  sink: countOn,
});

function countOn(sink: Sink): Sink {
  let last = -1;
  let offset = 0;
  return wrapSink(sink, {
    row: (epoch, step) => {
      if (epoch <= last) {
        offset += last + 1;
        sink.warn({
          kind: 'appended-fit',
          message: `another fit was appended; its epochs are counted on from ${offset}`,
        });
      }
      last = epoch;
      sink.row(epoch + offset, step);
    },
  });
}
