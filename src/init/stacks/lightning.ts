import { formatNames } from '../../metrics/registry.ts';
import { launcherOf } from '../launcher.ts';
import { NO_ROLES, type Missing } from '../start.ts';
import type { Stack } from './_contract.ts';

/** Lightning's CLI: `main.py fit --config c.yaml`; without sub-commands where it is built with `run=False`. */
export const lightning: Stack = ({ script, folder, observed }) => {
  const { module } = script;
  const cli = [module, ...script.uses].find(({ names }) => names.has('LightningCLI'));
  if (!cli) return undefined;
  const call = [module, ...script.uses]
    .flatMap(({ calls }) => calls)
    .find(({ args, callee }) => /CLI$|^cli/i.test(callee) && args.some(({ name }) => name === 'run'));
  const isBare = call?.args.find(({ name }) => name === 'run')?.tokens[0]?.text === 'False';
  const likely = folder.configs
    .filter(({ value }) => ['trainer', 'model', 'data'].some((key) => key in value))
    .map(({ path }) => path);
  const used = observed.flatMap(({ args }) => args.filter((word) => likely.includes(word)));
  const logsCsv = folder.configs.some(
    ({ path, value }) =>
      likely.includes(path) && JSON.stringify(value['trainer'] ?? null).includes('CSVLogger'),
  );
  const missing: Missing[] = [];
  if (!logsCsv && !formatNames.includes('tensorboard')) {
    missing.push({
      key: 'metrics',
      message: 'Lightning logs to TensorBoard event files unless told otherwise, and Pawl reads CSV.',
      write:
        'Set trainer.logger in the config: { class_path: lightning.pytorch.loggers.CSVLogger, init_args: { save_dir: . } }, or add logger=CSVLogger(…) in the script.',
    });
  }
  return {
    script: module.path,
    stack: 'LightningCLI',
    words: [
      ...launcherOf(module, folder),
      ...(isBare ? [] : ['fit']),
      '--config',
      '{config}',
      '--seed_everything',
      '{seed}',
      '--trainer.default_root_dir',
      '{output}',
    ],
    shell: false,
    takes: { ...NO_ROLES, config: true, output: true, seed: true },
    why: `${cli.path} uses LightningCLI`,
    configs: [...used, ...likely],
    accepts: ['.yaml', '.yml', '.json'],
    environment: {},
    resume: null,
    missing,
    logged: [module, ...script.uses].flatMap(({ logged }) => logged),
    score: script.score,
  };
};
