import { keyword, positionals, textOf, type Call } from './calls.ts';
import { splitCallee, text } from './argparse.ts';
import type { Declared, Field } from './declarations.ts';
import { destinationOf, type Flag } from './flag.ts';
import { evaluate, type Constants } from './literal.ts';
import type { Token } from './tokens.ts';

interface Source {
  tokens: readonly Token[];
  calls: readonly Call[];
  declarations: readonly Declared[];
  constants: Constants;
}

/** Flags of click and Typer: decorators and parameters of the function below them. */
export function readDecorated({ tokens, calls, declarations, constants }: Source): Flag[] {
  const flags: Flag[] = [];
  const decorators = calls.filter(({ isDecorator }) => isDecorator);
  const commands = decorators.filter(({ callee }) => /(?:^|\.)command$/.test(callee));
  const isGroup = decorators.some(({ callee }) => /(?:^|\.)group$/.test(callee));
  const ownerOf = (call: Call): Declared | undefined =>
    declarations.find(({ kind, start }) => kind === 'function' && start > call.end);
  /** `click.command()` alone is the whole program; commands of a group or of a Typer with several are sub-commands. */
  const commandOf = (owner: Declared | undefined): string | null => {
    const own = commands.find((call) => ownerOf(call) === owner);
    if (!owner || !own) return null;
    const [receiver] = splitCallee(own.callee);
    if (receiver === 'click' || receiver === '' || (!isGroup && commands.length < 2)) return null;
    const named = positionals(own)[0] ?? keyword(own, 'name');
    return text(named, constants) ?? owner.name.replaceAll('_', '-');
  };
  for (const call of decorators) {
    const [, method] = splitCallee(call.callee);
    if (method !== 'option' && method !== 'argument') continue;
    const names = positionals(call).flatMap((each) => text(each, constants) ?? []);
    const typed = names.filter((name) => method === 'argument' || name.startsWith('-'));
    if (typed.length === 0) continue;
    const fallback = keyword(call, 'default');
    const isFlag = text(keyword(call, 'is_flag'), constants) === 'true';
    const isMultiple = text(keyword(call, 'multiple'), constants) === 'true';
    const pair = typed.map((name) => name.split('/')[1]).find((name) => name !== undefined);
    const required = text(keyword(call, 'required'), constants);
    flags.push({
      names: typed.map((name) => name.split('/')[0] as string),
      isPositional: method === 'argument',
      isSwitch: isFlag || pair !== undefined,
      isRequired:
        required === 'true' || (method === 'argument' && required !== 'false' && fallback === undefined),
      default: fallback === undefined ? undefined : (evaluate(fallback, constants) ?? undefined),
      help: text(keyword(call, 'help'), constants) ?? '',
      destination: destinationOf(typed.map((name) => name.split('/')[0] as string)),
      kind: pair !== undefined ? 'pair' : isFlag ? 'on' : isMultiple ? 'repeat' : 'value',
      opposite: pair,
      isFloat: textOf(keyword(call, 'type') ?? []) === 'float' || isFractional(fallback, constants),
      command: commandOf(ownerOf(call)),
      line: call.line,
    });
  }
  if (tokens.some(({ kind, text }) => kind === 'name' && text === 'typer')) {
    const single = calls.find(({ callee }) => callee === 'typer.run');
    const name = single && positionals(single)[0]?.[0]?.text;
    for (const owner of declarations) {
      if (owner.kind !== 'function') continue;
      if (owner.name !== name && !commands.some((call) => ownerOf(call) === owner)) continue;
      flags.push(...owner.fields.map((field) => typerFlag(field, commandOf(owner), constants)));
    }
  }
  return [...flags, ...readCallParse(tokens, declarations, constants)];
}

/** fastcore's `@call_parse`, as fastai's scripts use it: every parameter is a flag, a bool a switch. */
function readCallParse(
  tokens: readonly Token[],
  declarations: readonly Declared[],
  constants: Constants,
): Flag[] {
  const at = tokens.findIndex(({ text: name }, i) => name === 'call_parse' && tokens[i - 1]?.text === '@');
  const owner =
    at < 0 ? undefined : declarations.find(({ kind, start }) => kind === 'function' && start > at);
  return (owner?.fields ?? []).map((field) => {
    const isBool = /\b(?:bool|bool_arg|store_true)\b/.test(field.annotation);
    const value = field.value && evaluate(field.value, constants);
    return {
      names: [field.value === undefined ? field.name : `--${field.name}`],
      isPositional: field.value === undefined,
      isSwitch: isBool,
      isRequired: field.value === undefined,
      default: value === null ? undefined : value,
      help: '',
      destination: field.name,
      kind: isBool ? 'on' : 'value',
      isFloat: /\bfloat\b/.test(field.annotation) || isFractional(field.value, constants),
      command: null,
      line: field.line,
    };
  });
}

/** A parameter without a default is an argument, with one an option; `typer.Option("--cfg")` names it. */
function typerFlag(field: Field, command: string | null, constants: Constants): Flag {
  const marker =
    /typer\.?(Option|Argument)/.exec(field.annotation) ?? /^(Option|Argument)$/.exec(called(field.value));
  const given = /['"]?(--[\w-]+)/.exec(field.annotation)?.[1] ?? named(field.value);
  const isAnnotated = /Annotated/.test(field.annotation);
  const isPositional = marker ? marker[1] === 'Argument' : field.value === undefined;
  const inner =
    marker && !isAnnotated
      ? field.value?.slice(field.value.findIndex(({ text }) => text === '(') + 1, -1)
      : field.value;
  const value = inner && evaluate(untilComma(inner), constants);
  return {
    names: [isPositional ? field.name : (given ?? `--${field.name.replaceAll('_', '-')}`)],
    isPositional,
    isSwitch: /^bool$|\bbool\b/.test(field.annotation),
    isRequired: field.value === undefined || field.value.some(({ text }) => text === '...'),
    default: value === null ? undefined : value,
    help: '',
    destination: field.name,
    isFloat: /\bfloat\b/.test(field.annotation),
    kind: /\bbool\b/.test(field.annotation)
      ? 'pair'
      : /list|tuple/i.test(field.annotation)
        ? 'repeat'
        : 'value',
    command,
    line: field.line,
  };
}

function called(tokens: readonly Token[] | undefined): string {
  const open = tokens?.findIndex(({ text }) => text === '(') ?? -1;
  return open > 0 ? ((tokens as Token[])[open - 1] as Token).text : '';
}

function named(tokens: readonly Token[] | undefined): string | undefined {
  return tokens?.find(({ kind, text }) => kind === 'string' && /^--[\w-]+$/.test(text))?.text;
}

function untilComma(tokens: readonly Token[]): readonly Token[] {
  const comma = tokens.findIndex(({ text }) => text === ',');
  return comma < 0 ? tokens : tokens.slice(0, comma);
}

function isFractional(tokens: readonly Token[] | undefined, constants: Constants): boolean {
  const value = tokens && evaluate(tokens, constants);
  return typeof value === 'number' && tokens?.some(({ text: spelling }) => /[.e]/i.test(spelling)) === true;
}
