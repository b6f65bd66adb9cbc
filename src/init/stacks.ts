import { endOfScript } from './launcher.ts';
import type { Folder } from './folder.ts';
import { UNKNOWN, type Observed } from './observed.ts';
import type { Script } from './scripts.ts';
import type { Start } from './start.ts';
import { generic } from './stacks/generic.ts';
import { huggingface } from './stacks/huggingface.ts';
import { hydra } from './stacks/hydra.ts';
import { lightning } from './stacks/lightning.ts';
import { mmengine } from './stacks/mmengine.ts';
import { nanogpt } from './stacks/nanogpt.ts';
import { omegaconf } from './stacks/omegaconf.ts';
import { sacred } from './stacks/sacred.ts';
import { ultralytics } from './stacks/ultralytics.ts';
import { variables } from './stacks/variables.ts';
import { yacs } from './stacks/yacs.ts';
import type { Stack } from './stacks/_contract.ts';

const STACKS: readonly Stack[] = [
  hydra,
  lightning,
  huggingface,
  yacs,
  mmengine,
  nanogpt,
  ultralytics,
  sacred,
  variables,
  omegaconf,
  generic,
];

/** Flags of commands that do not train. */
const EVALUATES =
  /^--?(?:eval(?:uate|uation)?(?:[-_]?only)?(?:=True)?|test(?:[-_]only)?|infer(?:ence)?|predict|demo|throughput)$/i;

/** How a script is started, by what it is written with. */
export function startOf(script: Script, folder: Folder, all: readonly Observed[]): Start | undefined {
  const observed = all
    .filter(({ words }) => !words.some((word) => EVALUATES.test(word)))
    .flatMap((command) => {
      const end = endOfScript(command, script.module.path);
      if (end === undefined || command.words.slice(0, end).some((word) => word.includes(UNKNOWN))) return [];
      return [
        {
          command,
          args: command.words.slice(end),
          launcher: withPython(command.words.slice(0, end), folder),
        },
      ];
    })
    .sort((a, b) => weight(b.command) - weight(a.command));
  for (const stack of STACKS) {
    const start = stack({ script, folder, observed });
    if (start) return { ...start, score: start.score + Math.min(3, observed.length) };
  }
  return undefined;
}

/** A command somebody runs counts for more than one that is described; a training target for more than any. */
function weight({ file, name, words }: Observed): number {
  const isRun = !/\.(?:md|markdown|rst|py)$/.test(file);
  const isTraining = name !== null && /train|fit|baseline/.test(name);
  const isDistributed = words.some((word) =>
    /^(?:torchrun|deepspeed|mpirun|srun|torch\.distributed\.\w+)$/.test(word),
  );
  return (isRun ? 1 : 0) + (isTraining ? 2 : 0) - (isDistributed ? 0.5 : 0);
}

/** The folder's own Python (its environment, or the only one that is installed) in place of a bare `python`. */
function withPython(launcher: readonly string[], folder: Folder): readonly string[] {
  const isBare = /^python3?$/.test(launcher[0] ?? '');
  const isUsual = folder.python.length === 1 && folder.python[0] === 'python';
  return isBare && !isUsual ? [...folder.python, ...launcher.slice(1)] : launcher;
}
