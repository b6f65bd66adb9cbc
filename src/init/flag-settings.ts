import type { ConfigValue } from '../config/value.ts';
import type { DerivedSetting } from './derived.ts';
import { plainName, spellingOf, type Flag } from './python/flag.ts';

/** Flags that are no settings of a training. */
const ASIDE =
  /^(?:h|help|version|v|verbose|quiet|q|debug|dry_run|resume\w*|eval(?:uate)?(?:_only)?|test(?:_only)?|local_rank|rank|world_size|dist_\w+|port|host|gpu|gpus|gpu_ids?|device|wandb\w*|log_wandb|project|entity|run_name|exp(?:eriment)?(?:_name)?|name|tag|tags|notes|no_cuda|cuda|num_workers|workers|pin_mem(?:ory)?|config|cfg|opts)$/;

/**
 * The settings that a script trains with when it is started with `args`: the defaults of its flags, and what the command
 * gives instead. Flags that Pawl fills itself, and those without a value, are left out.
 */
export function settingsOfFlags(
  flags: readonly Flag[],
  args: readonly string[],
  script: string,
  isFilled: (flag: Flag) => boolean,
): DerivedSetting[] {
  const given = readArguments(args, flags);
  const found = new Map<string, DerivedSetting>();
  for (const flag of flags) {
    const { destination, kind } = flag;
    if (flag.isPositional || isFilled(flag) || ASIDE.test(plainName(destination))) continue;
    const typed = given.get(destination);
    const value = typed ?? defaultOf(flag);
    if (value === undefined || found.has(destination)) continue;
    const isWhole = typeof value === 'number' && flag.isFloat === true;
    const off = kind === 'off' ? ' (switches it off)' : '';
    const from = `${spellingOf(flag)}${off}, ${script}:${flag.line}${typed === undefined ? '' : ', as the command gives it'}`;
    found.set(destination, { key: destination, value, isFloat: isWhole, from });
  }
  return [...found.values()];
}

function defaultOf({ kind, default: value }: Flag): ConfigValue | undefined {
  if (kind === 'on') return value === undefined ? false : typeof value === 'boolean' ? value : undefined;
  if (kind === 'off') return value === undefined ? true : typeof value === 'boolean' ? value : undefined;
  return value;
}

/** What a command gives flags, by the name under which the script knows them. */
export function readArguments(args: readonly string[], flags: readonly Flag[]): Map<string, ConfigValue> {
  const given = new Map<string, ConfigValue>();
  for (let i = 0; i < args.length; i++) {
    const [, name = args[i] as string, inline] = /^(--?[\w.-]+)=(.*)$/s.exec(args[i] as string) ?? [];
    const flag = flags.find(({ names, opposite }) => names.includes(name) || opposite === name);
    if (!flag || flag.isPositional) continue;
    if (flag.kind === 'on' || flag.kind === 'off' || flag.kind === 'pair') {
      given.set(
        flag.destination,
        flag.kind === 'pair' ? name !== flag.opposite && !name.startsWith('--no') : flag.kind === 'on',
      );
      continue;
    }
    const words: string[] = inline === undefined ? [] : [inline];
    if (inline === undefined) {
      const end = args.findIndex((word, at) => at > i && /^--?[A-Za-z]/.test(word));
      const rest = args.slice(i + 1, end < 0 ? undefined : end);
      words.push(...(flag.kind === 'words' ? rest : rest.slice(0, 1)));
      i += words.length;
    }
    if (words.length === 0 || words.some((word) => word.includes('{'))) continue;
    const values = words.map((word) => readWord(word, flag));
    given.set(flag.destination, flag.kind === 'words' ? values : (values[0] as ConfigValue));
  }
  return given;
}

function readWord(word: string, flag: Flag): ConfigValue {
  const isText = typeof flag.default === 'string' && flag.isFloat !== true;
  if (isText || !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(word)) {
    return flag.kind === 'truthy' || typeof flag.default === 'boolean'
      ? !/^(?:false|no|0|)$/i.test(word)
      : word;
  }
  return Number(word);
}
