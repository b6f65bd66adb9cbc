import type { Rule } from './_contract.ts';
import { percent } from './show.ts';
import { clue, ramp, weigh } from './weigh.ts';

export const resourceInefficiency: Rule = {
  fault: 'resource-inefficiency',
  about: 'a GPU that waits, or time that goes into loading data',
  source: 'PyTorch performance tuning guide; NVIDIA deep learning performance guide',
  thresholds: ['gpuUtilization', 'dataWait'],
  judge({ run: { gpuUtilization, dataWait }, thresholds }) {
    const { gpuUtilization: busy, dataWait: wait } = thresholds;
    return weigh('resource-inefficiency', -2.5, [
      ...(gpuUtilization === null
        ? []
        : gpuUtilization < busy
          ? clue(
              3 + 2 * ramp(gpuUtilization, busy, busy / 2),
              `the GPU is ${Math.round(gpuUtilization)} % busy, under ${busy} %`,
            )
          : clue(-1, `the GPU is ${Math.round(gpuUtilization)} % busy`)),
      ...(dataWait === null || dataWait <= wait
        ? []
        : clue(
            3 + 2 * ramp(dataWait, wait, 2 * wait),
            `${percent(dataWait)} of the time is spent waiting for data`,
          )),
    ]);
  },
};
