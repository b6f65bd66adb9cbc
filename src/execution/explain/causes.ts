import type { Cause } from './cause.ts';
import { argumentCauses } from './causes/arguments.ts';
import { distributedCauses } from './causes/distributed.ts';
import { environmentCauses } from './causes/environment.ts';
import { hardwareCauses } from './causes/hardware.ts';
import { memoryCauses } from './causes/memory.ts';
import { schedulerCauses } from './causes/scheduler.ts';
import { storageCauses } from './causes/storage.ts';
import { trainingCauses } from './causes/training.ts';

/** The first that matches counts, so what is special stands before what is general. */
export const causes: readonly Cause[] = [
  ...memoryCauses,
  ...argumentCauses,
  ...environmentCauses,
  ...distributedCauses,
  ...hardwareCauses,
  ...storageCauses,
  ...trainingCauses,
];

/** These end a training whatever is printed after them, so they are looked for further up. */
export const lastingCauses: readonly Cause[] = [
  ...memoryCauses,
  ...schedulerCauses,
  ...storageCauses.filter((cause) => cause.code === 'DISK_FULL'),
];

export function causeOf(
  text: string,
  among: readonly Cause[] = causes,
): { cause: Cause; match: RegExpExecArray } | undefined {
  for (const cause of among) {
    const match = cause.pattern.exec(text);
    if (match) return { cause, match };
  }
  return undefined;
}
