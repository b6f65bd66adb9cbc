import { isMapping } from '../../config/lookup.ts';
import type { ConfigValue } from '../../config/value.ts';
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
  const first = [...used, ...likely][0];
  const logger = loggerOf(folder.configs.find(({ path }) => path === first)?.value['trainer']);
  const missing: Missing[] = [];
  if (logger === 'several') {
    missing.push({
      key: 'train',
      message: `${first} has a list of loggers, which no option gives another folder: they write where the config says, every run over the last.`,
      write:
        'Leave one logger in trainer.logger, or let the script set their folders from trainer.default_root_dir.',
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
      // A logger with a folder of its own does not look at the root folder.
      logger === 'one' ? '--trainer.logger.init_args.save_dir' : '--trainer.default_root_dir',
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

/** Whether the config gives the Trainer a logger of its own, one or a list. */
function loggerOf(trainer: ConfigValue | undefined): 'one' | 'several' | undefined {
  const logger = trainer !== undefined && isMapping(trainer) ? trainer['logger'] : undefined;
  if (Array.isArray(logger) && logger.length > 0) return 'several';
  return logger !== undefined && isMapping(logger) && 'class_path' in logger ? 'one' : undefined;
}
