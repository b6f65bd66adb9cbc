import { COMMANDS, type OptionSpec } from './table.ts';
import { usageError } from './read-option.ts';
import { compareError } from '../compare/errors.ts';
import type { Sides } from '../compare/sides.ts';

/** The two groups, and the options that stood behind `--`. */
export interface SplitArguments extends Sides {
  late: Record<string, unknown>;
}

/**
 * The two groups. The parser takes `--` away and everything behind it for arguments, so the split is found in the
 * original words; options are understood on both sides. Without `--` there must be exactly two arguments.
 */
export function splitSides(args: readonly string[], argv: readonly string[]): SplitArguments {
  const words = argv.slice(argv.indexOf('compare') + 1);
  const split = words.indexOf('--');
  if (split < 0) {
    const [first, second] = args;
    if (args.length === 2 && first !== undefined && second !== undefined)
      return { baseline: [first], optimized: [second], isSplit: false, late: {} };
    return { baseline: [...args], optimized: [], isSplit: false, late: {} };
  }
  const behind = words.slice(split + 1);
  const { operands, options } = readBehind(behind);
  return {
    baseline: args.slice(0, args.length - behind.length),
    optimized: operands,
    isSplit: true,
    late: options,
  };
}

function readBehind(words: readonly string[]): { operands: string[]; options: Record<string, unknown> } {
  const specs = COMMANDS.find(({ name }) => name === 'compare')?.options ?? [];
  const operands: string[] = [];
  const options: Record<string, unknown> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '--') {
      throw compareError('COMPARE_GROUPS', 'There are two `--`, and only two groups can be compared.', {
        remedy: 'Write one `--`, between the baseline runs and the optimized runs.',
      });
    }
    const [, name = word, inline] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
    const spec = specs.find(({ flags }) => flags.split(/[ ,]+/).includes(name));
    if (!spec) {
      if (/^--[a-z]/i.test(word))
        throw usageError('USAGE_ARGUMENTS', `There is no option '${name}'.`, {
          remedy: 'See `pawl compare --help`.',
        });
      operands.push(word);
      continue;
    }
    const key = keyOf(spec);
    if (!spec.flags.includes('<')) options[key] = !spec.flags.startsWith('--no-');
    else options[key] = checkChoice(spec, name, inline ?? words[++i]);
  }
  return { operands, options };
}

/** `--no-color` sets `color`. */
function keyOf({ flags }: OptionSpec): string {
  const long = /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? flags;
  return long.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function checkChoice(spec: OptionSpec, name: string, value: string | undefined): string {
  if (value === undefined)
    throw usageError('USAGE_OPTION_INVALID', `${name} needs a value.`, { remedy: `Write ${spec.flags}.` });
  if (spec.choices && !spec.choices.includes(value)) {
    throw usageError(
      'USAGE_OPTION_INVALID',
      `${name} must be one of ${spec.choices.join(', ')}. Got '${value}' instead.`,
      { remedy: `Correct ${name}.` },
    );
  }
  return value;
}
