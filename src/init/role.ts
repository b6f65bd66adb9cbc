import { plainName, type Flag } from './python/flag.ts';

/** What Pawl hands to a training. */
export type Role = 'config' | 'output' | 'seed' | 'checkpoints';

/** Names of flags by role, the surest first. */
const NAMES: Record<Role | 'resume', readonly RegExp[]> = {
  config: [
    /^(?:config|cfg|conf)$/,
    /^(?:config|cfg|conf|configuration)_?(?:file|path|yaml|yml|json|toml|filename|filepath|fn)$|^(?:yaml|path)_?(?:config|cfg)$/,
    /^(?:train|training|exp|experiment|run|base)_?(?:config|cfg|conf)(?:_?(?:file|path))?$|^path_to_(?:config|cfg)$/,
    /^(?:configuration|yaml|yaml_file|yaml_path|hparams|hparams_file|hyp|params|params_file|param_file|parameters|hyperparameters|hyperparams|settings|opt|options|spec)$/,
    /^c$/,
  ],
  output: [
    /^(?:output|out)_?(?:dir|directory|path|folder|root)?$/,
    /^(?:results?|save|work|working|run|exp|experiment|artifacts?)_?(?:dir|directory|path|folder|root)$/,
    /^(?:log|logs|logging|metrics|history|summary|summaries|tb|tensorboard)_?(?:dir|directory|folder|root)$|^default_root_dir$/,
    /^(?:metrics|history|results?|output|out|log|logs|csv|summary)_?(?:out|output|file|path|json|csv|jsonl|filename|to)$|^(?:save|write)_(?:to|metrics|history|results)(?:_to)?$/,
    /^(?:results?|logs?|artifacts?|project|dest|destination|train_dir|dir|save|o)$/,
  ],
  seed: [
    /^seed$/,
    /^(?:random|manual|rng|global|torch|np|numpy|train|training|init)_?seed$|^random_state$|^seed_everything$/,
  ],
  checkpoints: [
    /^(?:save_)?(?:check_?points?|ckpts?|snapshots?|weights)_?(?:dir|directory|folder|root|out|output)$|^save_(?:check_?points?|ckpt)_?(?:to|path)?$/,
    /^checkpoints$|^ckpts$/,
    /^(?:model|models|weights)_?(?:out|output|save|save_dir|save_path|out_dir|output_dir)$|^save_(?:model|weights)(?:_(?:to|path|dir))?$|^out_?model$/,
  ],
  resume: [
    /^(?:auto_)?resume(?:_(?:from|path|training|ckpt))?$/,
    /^(?:resume_from_checkpoint|continue|continue_training|restart|ckpt_path)$/,
  ],
};

/** Names that speak of settings, and of other things as well. */
const WEAK = /^(?:opt|options|params|parameters|hyp|hyperparams|spec|settings|configuration)$/;

const MODEL_FILE =
  /\.(?:pth?|ckpt|h5|hdf5|keras|pkl|pickle|joblib|bin|safetensors|onnx|ubj|model|txt\.gz|npz)$/i;
const METRICS_FILE = /\.(?:csv|tsv|jsonl?|ndjson|log|txt)$/i;
const PICTURE = /\.(?:png|jpe?g|svg|pdf|html?|gif)$/i;

/** A flag in its role and what it is given: `{output}`, `{output}/metrics.csv`. */
export interface Assigned {
  flag: Flag;
  value: string;
}

/** The flag for each role, out of those that one (sub-)command takes. */
export function assignRoles(flags: readonly Flag[]): Map<Role, Assigned> {
  const roles = new Map<Role, Assigned>();
  const used = new Set<Flag>();
  for (const role of ['config', 'seed', 'output', 'checkpoints'] as const) {
    const found = best(flags, role, used);
    if (!found) continue;
    used.add(found.flag);
    roles.set(role, found);
  }
  return roles;
}

export function findResume(flags: readonly Flag[]): Flag | undefined {
  return NAMES.resume
    .flatMap((pattern) => flags.filter(({ names }) => names.some((name) => pattern.test(plainName(name)))))
    .at(0);
}

/** The role that a flag's name speaks of, for flags of scripts that cannot be read. */
export function roleOfName(name: string): Role | undefined {
  return (['config', 'seed', 'output', 'checkpoints'] as const).find((role) =>
    NAMES[role].some((pattern) => pattern.test(plainName(name))),
  );
}

function best(flags: readonly Flag[], role: Role, used: ReadonlySet<Flag>): Assigned | undefined {
  for (const pattern of NAMES[role]) {
    for (const flag of flags) {
      if (used.has(flag) || flag.isSwitch || !flag.names.some((name) => pattern.test(plainName(name))))
        continue;
      const value = valueFor(role, flag);
      if (value !== undefined) return { flag, value };
    }
  }
  return undefined;
}

/** What a flag is given in a role; undefined where its default shows that it means something else. */
export function valueFor(role: Role, flag: Pick<Flag, 'default' | 'names' | 'help'>): string | undefined {
  const fallback = typeof flag.default === 'string' ? flag.default : '';
  const file = /([^/\\]+)$/.exec(fallback)?.[1] ?? '';
  switch (role) {
    case 'config':
      // The shape of a model is no config of a training.
      if (/model\.ya?ml|model (?:config|definition|yaml|architecture)/i.test(flag.help)) return undefined;
      // `--opt sgd` names an optimizer.
      if (WEAK.test(plainName(flag.names.at(-1) ?? '')) && /^[^./\\]+$/.test(fallback)) return undefined;
      return fallback.endsWith('.py') ? undefined : '{config}';
    case 'seed':
      return '{seed}';
    case 'output': {
      if (PICTURE.test(file) || MODEL_FILE.test(file)) return undefined;
      if (METRICS_FILE.test(file)) return `{output}/${file}`;
      const wanted = flag.names.map(plainName).join(' ');
      const isFile =
        /(?:^|_)(?:file|filename|csv|json|jsonl)(?:$|_|\s)/.test(wanted) ||
        /\b(?:csv|jsonl?) (?:file|path)|file (?:to|for|where)/i.test(flag.help);
      if (!isFile) return '{output}';
      const extension = /jsonl/i.test(wanted + flag.help)
        ? 'jsonl'
        : /json/i.test(wanted + flag.help)
          ? 'json'
          : /log/.test(wanted)
            ? 'log'
            : 'csv';
      return `{output}/metrics.${extension}`;
    }
    case 'checkpoints': {
      if (/\b(?:load|resume|restore|pre-?trained|initial|from which)\b/i.test(flag.help)) return undefined;
      if (MODEL_FILE.test(file)) return `{checkpoints}/${file}`;
      const wanted = flag.names.map(plainName).join(' ');
      return /model|weights/.test(wanted) && !/dir|folder/.test(wanted)
        ? '{checkpoints}/model.pt'
        : '{checkpoints}';
    }
  }
}
