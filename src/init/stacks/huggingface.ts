import { launcherOf } from '../launcher.ts';
import { NO_ROLES, rolesIn, type Missing, type Start } from '../start.ts';
import type { Stack } from './_contract.ts';

/**
 * Hugging Face's parsers. TrlParser takes `--config`; scripts in the style of run_glue.py read a single JSON or YAML
 * argument, and then no flag beside it; others take flags only.
 */
export const huggingface: Stack = ({ script, folder }) => {
  const { module } = script;
  const all = [module, ...script.uses];
  const has = (name: string): boolean => all.some(({ names }) => names.has(name));
  if (!has('HfArgumentParser') && !has('TrlParser')) return undefined;
  const launcher = launcherOf(module, folder);
  const start = (
    words: readonly string[],
    accepts: readonly string[],
    missing: readonly Missing[],
  ): Start => ({
    script: module.path,
    stack: has('TrlParser') ? 'Hugging Face TrlParser' : 'Hugging Face HfArgumentParser',
    words,
    shell: false,
    takes: { ...NO_ROLES, ...rolesIn(words) },
    why: `${module.path} uses ${has('TrlParser') ? 'TrlParser' : 'HfArgumentParser'}`,
    configs: folder.configs
      .filter(
        ({ value }) => 'output_dir' in value || 'model_name_or_path' in value || 'num_train_epochs' in value,
      )
      .map(({ path }) => path),
    accepts,
    environment: {},
    resume: null,
    missing,
    logged: [...new Set([...all.flatMap(({ logged }) => logged), 'eval_loss'])],
    score: script.score,
  });
  if (has('TrlParser'))
    return start(
      [...launcher, '--config', '{config}', '--output_dir', '{output}', '--seed', '{seed}'],
      ['.yaml', '.yml'],
      [],
    );
  const json = has('parse_json_file');
  const yaml = has('parse_yaml_file');
  if (json || yaml) {
    const accepts = [...(json ? ['.json'] : []), ...(yaml ? ['.yaml', '.yml'] : [])];
    return start([...launcher, '{config}'], accepts, [
      {
        key: 'train',
        message: `${module.path} reads a config file only when it is the single argument, so that the folder of a run ({output}) cannot be handed over: every run writes into output_dir of the config, over the last one.`,
        write: `Let it take the folder from the environment: \`training_args.output_dir = os.environ.get("PAWL_OUTPUT", training_args.output_dir)\`. Until then runs go one at a time (slots: 1), and their printed logs are read.`,
      },
    ]);
  }
  return start(
    [...launcher, '--output_dir', '{output}', '--seed', '{seed}'],
    [],
    [
      {
        key: 'train',
        message: `${module.path} takes flags only (parse_args_into_dataclasses), and Pawl changes a config file.`,
        write:
          'Let it read a file: `parser.parse_yaml_file(sys.argv[1])` (or parse_json_file), or use TrlParser with --config; then write {config} into the command.',
      },
    ],
  );
};
