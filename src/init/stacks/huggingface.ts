import { launcherOf } from '../launcher.ts';
import { NO_ROLES, rolesIn, type Missing, type Start } from '../start.ts';
import type { ConfigValue } from '../../config/value.ts';
import { fillFromObserved } from '../command-line.ts';
import { deriveConfig, derivedPath, type DerivedSetting } from '../derived.ts';
import { readArguments, settingsOfFlags } from '../flag-settings.ts';
import type { Flag } from '../python/flag.ts';
import type { Stack } from './_contract.ts';

/** Defaults of transformers.TrainingArguments that reports speak of. */
const DEFAULTS: Readonly<Record<string, ConfigValue>> = {
  learning_rate: 0.00005,
  num_train_epochs: 3,
  per_device_train_batch_size: 8,
  gradient_accumulation_steps: 1,
  weight_decay: 0,
  max_grad_norm: 1,
  lr_scheduler_type: 'linear',
  warmup_steps: 0,
  label_smoothing_factor: 0,
  adam_beta1: 0.9,
  adam_beta2: 0.999,
  fp16: false,
};
const FLOATS = new Set([
  'learning_rate',
  'num_train_epochs',
  'weight_decay',
  'max_grad_norm',
  'label_smoothing_factor',
]);

/** Flags as a command uses them; without a value behind it one is a switch. */
function flagsIn(args: readonly string[]): Flag[] {
  return args.flatMap((word, index): Flag[] => {
    const name = /^--[\w-]+/.exec(word)?.[0];
    if (name === undefined) return [];
    const next = args[index + 1];
    const isSwitch = !word.includes('=') && (next === undefined || next.startsWith('--'));
    const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : next;
    return [
      {
        names: [name],
        isPositional: false,
        isSwitch,
        isRequired: false,
        default: undefined,
        help: '',
        destination: name.slice(2).replaceAll('-', '_'),
        kind: isSwitch ? 'on' : /^(?:true|false)$/i.test(value ?? '') ? 'truthy' : 'value',
        command: null,
        line: 0,
      },
    ];
  });
}

/**
 * Hugging Face's parsers. TrlParser takes `--config`; scripts in the style of run_glue.py read a single JSON or YAML
 * argument, and then no flag beside it; others take flags only.
 */
export const huggingface: Stack = ({ script, folder, observed }) => {
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
  const used = observed.find(({ args }) => args.length > 0);
  const filled = used && fillFromObserved(used.args, [], () => false);
  const words = [...(used?.launcher ?? launcher), ...(filled?.words ?? [])];
  for (const [flag, value] of [
    ['--output_dir', '{output}'],
    ['--seed', '{seed}'],
  ] as const) {
    if (!words.some((word) => word.includes(value))) words.push(flag, value);
  }
  const given = used ? readArguments(used.args, flagsIn(used.args)) : new Map<string, ConfigValue>();
  const declared = settingsOfFlags(script.flags, used?.args ?? [], module.path, ({ destination }) =>
    /^(?:output_dir|seed)$/.test(destination),
  );
  const settings: DerivedSetting[] = [
    ...[...given].map(([key, value]) => ({
      key,
      value,
      isFloat: FLOATS.has(key),
      from: 'as the command gives it',
    })),
    ...declared,
    ...Object.entries(DEFAULTS).map(([key, value]) => ({
      key,
      value,
      isFloat: FLOATS.has(key),
      from: 'default of TrainingArguments',
    })),
  ].filter(
    ({ key }) =>
      !/^(?:output_dir|seed|overwrite_output_dir|do_train|do_eval|do_predict|push_to_hub)$/.test(key),
  );
  return {
    ...start(words, [], []),
    overrides: { style: 'argparse' },
    derived: deriveConfig(
      derivedPath(folder),
      `what the command gives ${module.path}, and defaults`,
      settings,
    ),
  };
};
