import { destinationOf, plainName, type Flag } from '../python/flag.ts';
import { defaultText, saysRequired } from './default-text.ts';
import { defaultValue } from './default-value.ts';
import { findEntries, plainLines, type Entry } from './entries.ts';
import { readUsage } from './usage.ts';

export interface HelpText {
  flags: Flag[];
  /** Sub-commands, each with a help of its own. */
  commands: string[];
}

/** Of the parsers themselves. */
const OWN =
  /^(?:h|help|helpfull|helpshort|helpxml|version|install_completion|show_completion|print_config|cfg_options_help)$/;

/**
 * The flags that a program's `--help` describes: of argparse, click, typer, tyro, absl, jsonargparse, simple-parsing and
 * Hugging Face's parser. The text is foreign: nothing of it is trusted beyond names and plain values.
 */
export function readHelp(text: string, command: string | null = null): HelpText {
  const lines = plainLines(text);
  const usage = readUsage(lines);
  const entries = findEntries(lines).filter(({ names }) => !names.some((name) => OWN.test(plainName(name))));
  const known = new Set(entries.flatMap(({ names }) => names.map(plainName)));
  const flags = entries
    // `--no_x` listed by itself beside `--x`.
    .filter(
      ({ names }) =>
        !(
          names.length > 0 &&
          names.every(
            (name) => known.has(plainName(name).replace(/^no_/, '')) && plainName(name).startsWith('no_'),
          )
        ),
    )
    .map((entry) => flagOf(entry, usage.required, command));
  const seen = new Set<string>();
  const unique = flags.filter(({ destination }) => !seen.has(destination) && seen.add(destination));
  const positional = usage.positionals.map((name): Flag => {
    return {
      names: [name],
      isPositional: true,
      isSwitch: false,
      isRequired: true,
      default: undefined,
      help: '',
      destination: name,
      kind: 'value',
      command,
      line: 1,
    };
  });
  return { flags: [...positional, ...unique], commands: usage.commands };
}

function flagOf(entry: Entry, required: readonly string[], command: string | null): Flag {
  const { help, metavar, line } = entry;
  const opposite = entry.names.find((name) => isOpposite(name, entry.names));
  const names = entry.names.filter((name) => !isOpposite(name, entry.names));
  const text = defaultText(help);
  const value = text === undefined ? undefined : defaultValue(text, entry);
  const isRequired =
    entry.isMarkedRequired || saysRequired(help) || entry.names.some((name) => required.includes(name));
  const isFloat =
    (typeof value === 'number' && /[.e]/i.test(text ?? '')) ||
    /\bfloat\b|\(a number\)/i.test(
      `${metavar} ${/\(.*type: [^,)]*/.exec(help)?.[0] ?? ''} ${/\(a number\)/.exec(help)?.[0] ?? ''}`,
    );
  const isSwitch = metavar === '' || /^<?bool(?:ean)?>?$/i.test(metavar);
  return {
    names,
    isPositional: false,
    isSwitch: metavar === '' && opposite === undefined,
    isRequired,
    default: isRequired ? undefined : value,
    help: help.slice(0, 300),
    destination: destinationOf(names),
    kind:
      opposite !== undefined
        ? 'pair'
        : isSwitch && metavar === ''
          ? value === true
            ? 'off'
            : 'on'
          : kindOf(metavar, value),
    ...(isFloat ? { isFloat } : {}),
    ...(opposite === undefined ? {} : { opposite }),
    command,
    line,
  };
}

/** How a flag takes several values: as words, or one each time it is typed. */
function kindOf(metavar: string, value: Flag['default']): Flag['kind'] {
  if (/^\[\w*,/.test(metavar)) return 'data';
  const isMany = metavar.includes('...') || /^(\S+) \1(?: \1)*$/.test(metavar);
  if (isMany) return 'words';
  return Array.isArray(value) && !/^List\b/.test(metavar) ? 'repeat' : 'value';
}

/** `--no-x`, `--nox`, `--no_x` beside `--x`. */
function isOpposite(name: string, names: readonly string[]): boolean {
  const [, rest] = /^--no[-_]?(.+)$/.exec(name) ?? [];
  return rest !== undefined && names.some((other) => plainName(other) === plainName(rest));
}
