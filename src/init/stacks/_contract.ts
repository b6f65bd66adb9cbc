import type { Folder } from '../folder.ts';
import type { Observed } from '../observed.ts';
import type { Script } from '../scripts.ts';
import type { Start } from '../start.ts';

export interface StackInput {
  script: Script;
  folder: Folder;
  /** Commands seen anywhere that run this script. */
  observed: readonly { command: Observed; args: readonly string[]; launcher: readonly string[] }[];
}

/** A way in which trainings take their settings; undefined where the script does not use it. The first that fits counts. */
export type Stack = (input: StackInput) => Start | undefined;
