import { knownLines, type JsonRecord } from '../json/known.ts';

/**
 * `scalars.json` (and `<time>.json`) of MMEngine: JSON lines whose `step` is the iteration in training lines. In lines of an
 * evaluation it is the epoch, or, in trainings by iterations, 0: those belong to the iteration of the training line before.
 */
export const mmengine = knownLines({
  name: 'mmengine',
  title: 'MMEngine scalars.json',
  epochs: 1,
  recognize: (records) =>
    records.every((record) => 'step' in record) &&
    records.some((record) => 'iter' in record && 'data_time' in record)
      ? 'lines with iter, step and data_time'
      : undefined,
  prepare: placeEvaluations,
});

function placeEvaluations(): (record: JsonRecord) => object {
  let epoch: unknown;
  let iteration: unknown;
  return (record) => {
    if (record['iter'] !== undefined) {
      ({ epoch, iter: iteration } = record);
      const { iter: _, ...others } = record;
      return { ...others, step: iteration };
    }
    if (iteration === undefined) return record;
    const { step, time, data_time: dataTime, ...metrics } = record;
    const where = { ...(epoch === undefined ? {} : { epoch }), step: iteration };
    // An evaluation of another epoch than the last line's, as after a resume.
    const isOther =
      typeof epoch === 'number' && typeof step === 'number' && step !== epoch && step !== iteration;
    return {
      ...metrics,
      ...(time === undefined ? {} : { val_time: time }),
      ...(dataTime === undefined ? {} : { val_data_time: dataTime }),
      ...(isOther ? { epoch: step } : where),
    };
  };
}
