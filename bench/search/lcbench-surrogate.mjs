// The LCBench surrogate of YAHPO Gym as a training to search: real learning curves of MLPs on OpenML tasks, 52 epochs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as onnx from 'onnxruntime-web';

export const EPOCHS = 52;
/** The tasks that the search may be developed on; the surrogate's others are left for a later look. */
export const TASKS = [
  '3945',
  '34539',
  '126026',
  '146212',
  '167149',
  '167161',
  '167181',
  '167185',
  '167200',
  '168329',
  '168331',
  '168868',
  '168910',
  '189862',
  '189866',
  '189905',
  '189908',
];

const at = (name) => ({ name, path: [name], when: [] });
export const SPACE = {
  params: [
    { ...at('batch_size'), kind: 'int', low: 16, high: 512, isLog: true, step: 1 },
    { ...at('learning_rate'), kind: 'float', low: 1e-4, high: 0.1, isLog: true, step: null },
    { ...at('momentum'), kind: 'float', low: 0.1, high: 0.99, isLog: false, step: null },
    { ...at('weight_decay'), kind: 'float', low: 1e-5, high: 0.1, isLog: false, step: null },
    { ...at('num_layers'), kind: 'int', low: 1, high: 5, isLog: false, step: 1 },
    { ...at('max_units'), kind: 'int', low: 64, high: 1024, isLog: true, step: 1 },
    { ...at('max_dropout'), kind: 'float', low: 0, high: 1, isLog: false, step: null },
  ],
};

export async function openSurrogate(folder) {
  onnx.env.wasm.numThreads = 1;
  const session = await onnx.InferenceSession.create(readFileSync(join(folder, 'model.onnx')));
  const codes = JSON.parse(readFileSync(join(folder, 'encoding.json'), 'utf8')).OpenML_task_id;

  /** Validation accuracy of each row [epoch, ...parameters in the order of SPACE]. */
  async function accuracies(task, rows) {
    const n = rows.length;
    const output = await session.run({
      x_cat: new onnx.Tensor('int32', new Int32Array(n).fill(codes[task]), [n, 1]),
      x_cont: new onnx.Tensor('float32', Float32Array.from(rows.flat()), [n, 8]),
    });
    const { data } = Object.values(output)[0];
    return Float64Array.from({ length: n }, (_, i) => data[6 * i + 1]);
  }

  return {
    /** The accuracy after each of the epochs from `from` to `to`: stopped trainings need not be computed to their end. */
    curvePart(task, params, from, to) {
      const values = SPACE.params.map(({ name }) => params[name]);
      return accuracies(
        task,
        Array.from({ length: to - from + 1 }, (_, i) => [from + i, ...values]),
      );
    },
    /** Finished accuracies of many configurations. */
    finished: (task, configs) =>
      accuracies(
        task,
        configs.map((params) => [EPOCHS, ...SPACE.params.map(({ name }) => params[name])]),
      ),
  };
}
