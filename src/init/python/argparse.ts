import { keyword, positionals, textOf, type Call } from './calls.ts';
import { destinationOf, type Flag } from './flag.ts';
import { evaluate, type Constants, type Literal } from './literal.ts';

/**
 * Flags declared by `add_argument` (argparse, jsonargparse, HfArgumentParser, configargparse, Tap) and absl's
 * `DEFINE_*`. Parsers that `add_parser('train')` makes are sub-commands.
 */
export function readArgparse(calls: readonly Call[], constants: Constants): Flag[] {
  const commands = new Map<string, string>();
  /** Groups of a parser belong to the parser's sub-command. */
  const owners = new Map<string, string>();
  const flags: Flag[] = [];
  for (const call of calls) {
    const [receiver, method] = splitCallee(call.callee);
    const first = text(positionals(call)[0], constants);
    if (method === 'add_parser' && call.target !== null && first !== undefined)
      commands.set(call.target, first);
    if (/^add_(?:argument|mutually_exclusive)_?group$/.test(method) && call.target !== null)
      owners.set(call.target, receiver);
    if (method === 'add_argument') {
      const flag = readArgument(call, constants, commands.get(owners.get(receiver) ?? receiver) ?? null);
      if (flag) flags.push(flag);
    }
    const absl = /^DEFINE_(string|integer|float|bool|boolean|enum|list|multi_string|path|config_file)$/.exec(
      method,
    );
    if (absl && first !== undefined) {
      const value = keyword(call, 'default') ?? positionals(call)[1];
      flags.push({
        names: [`--${first}`],
        isPositional: false,
        isSwitch: absl[1]?.startsWith('bool') ?? false,
        isRequired: text(keyword(call, 'required'), constants) === 'true',
        default: value === undefined ? undefined : evaluate(value, constants),
        help: text(keyword(call, 'help') ?? positionals(call)[2], constants) ?? '',
        destination: first,
        kind: absl[1]?.startsWith('bool') ? 'pair' : absl[1] === 'multi_string' ? 'repeat' : 'value',
        opposite: `--no${first}`,
        isFloat: absl[1] === 'float',
        command: null,
        line: call.line,
      });
    }
  }
  for (const { callee, args } of calls) {
    if (!callee.endsWith('.set_defaults')) continue;
    for (const { name, tokens } of args) {
      const value = evaluate(tokens, constants);
      if (name === null || value === undefined) continue;
      for (const flag of flags) if (flag.destination === name) flag.default = asNull(value);
    }
  }
  return flags;
}

function readArgument(call: Call, constants: Constants, command: string | null): Flag | undefined {
  const names = positionals(call).flatMap((tokens) => text(tokens, constants) ?? []);
  const [first] = names;
  if (first === undefined) return undefined;
  const isPositional = !first.startsWith('-');
  const action = textOf(keyword(call, 'action') ?? []);
  const nargs = text(keyword(call, 'nargs'), constants);
  const isRest = textOf(keyword(call, 'nargs') ?? []).endsWith('REMAINDER');
  const fallback = keyword(call, 'default');
  const isRequired =
    text(keyword(call, 'required'), constants) === 'true' ||
    (isPositional && !isRest && nargs !== '?' && nargs !== '*' && nargs !== '...' && fallback === undefined);
  return {
    names,
    isPositional,
    isSwitch:
      /^(?:store_true|store_false|store_const|count|append_const|version|help)$|BooleanOptionalAction/.test(
        action,
      ),
    isRequired,
    default: fallback === undefined ? undefined : asNull(evaluate(fallback, constants)),
    help: text(keyword(call, 'help'), constants) ?? '',
    destination: text(keyword(call, 'dest'), constants) ?? destinationOf(names),
    kind: kindOf(action, nargs, textOf(keyword(call, 'type') ?? [])),
    isFloat: textOf(keyword(call, 'type') ?? []) === 'float',
    isRest,
    command,
    line: call.line,
  };
}

function kindOf(action: string, nargs: string | undefined, type: string): Flag['kind'] {
  if (/BooleanOptionalAction/.test(action)) return 'pair';
  if (action === 'store_false') return 'off';
  if (/^(?:store_true|store_const|count|append_const|version|help)$/.test(action)) return 'on';
  if (action === 'append') return 'repeat';
  if (nargs !== undefined && nargs !== '?') return 'words';
  if (type === 'bool') return 'truthy';
  return /^(?:json\.loads|yaml\.(?:safe_|full_)?load|(?:ast\.)?literal_eval|eval)$/.test(type)
    ? 'data'
    : 'value';
}

/** `default=None` says that there is none. */
function asNull(value: Literal | undefined): Literal | undefined {
  return value === null ? undefined : value;
}

/** A literal as text; undefined where it is not one. */
export function text(
  tokens: Call['args'][number]['tokens'] | undefined,
  constants: Constants,
): string | undefined {
  const value = tokens === undefined ? undefined : evaluate(tokens, constants);
  return value === undefined || value === null ? undefined : String(value);
}

export function splitCallee(callee: string): [receiver: string, method: string] {
  const dot = callee.lastIndexOf('.');
  return [callee.slice(0, Math.max(0, dot)), callee.slice(dot + 1)];
}
