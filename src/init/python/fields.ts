import { textOf, type Call } from './calls.ts';
import type { Declared, Field } from './declarations.ts';
import type { Flag } from './flag.ts';
import { evaluate, type Constants } from './literal.ts';
import type { Token } from './tokens.ts';

/** Makers of command lines from the fields of a class or the parameters of a function. */
const MAKERS =
  /(?:^|\.)(?:cli|CLI|Fire|run|parse|wrap|auto_cli|parse_args_into_dataclasses|HfArgumentParser|TrlParser|ArgumentParser|add_arguments|app|defaults|entrypoint)$/;
/** Classes within classes that are followed. */
const DEPTH = 4;
const LIBRARIES =
  /^(?:tyro|fire|simple_parsing|draccus|pyrallis|jsonargparse|transformers|trl|tap|chz|defopt|cyclopts|dargs)$/;

/** Flags of tyro, simple-parsing, Fire, draccus, pyrallis, jsonargparse's `CLI`, HfArgumentParser and Tap. */
export function readFields(
  imports: ReadonlySet<string>,
  calls: readonly Call[],
  declarations: readonly Declared[],
  constants: Constants,
): Flag[] {
  if (![...imports].some((name) => LIBRARIES.test(name))) return [];
  const named = new Set(
    calls
      .filter(({ callee }) => MAKERS.test(callee) && !/^(?:subprocess|asyncio|uvicorn)\b/.test(callee))
      .flatMap((call) => call.args.flatMap(({ tokens }) => tokens.filter(({ kind }) => kind === 'name')))
      .map(({ text }) => text),
  );
  const decorated = new Set(
    calls
      .filter(({ isDecorator, callee }) => isDecorator && /(?:^|\.)(?:wrap|main|run)$/.test(callee))
      .map((call) => declarations.find(({ start }) => start > call.end)?.name),
  );
  const taken = declarations.filter(
    ({ name, bases }) =>
      named.has(name) || decorated.has(name) || bases.some((base) => /(?:^|\.)Tap$/.test(base)),
  );
  // A function that takes one object of a class of this file is filled from the fields of that class.
  const classes = new Map(
    declarations.filter(({ kind }) => kind === 'class').map((each) => [each.name, each]),
  );
  const isFlat = ['simple_parsing', 'transformers', 'trl', 'tap'].some((name) => imports.has(name));
  /** `--optim.lr` for a field of a class within a class. */
  const spread = (fields: readonly Field[], prefix: string, depth = 0): Flag[] =>
    fields.flatMap((field) => {
      const inner = depth < DEPTH ? classes.get(field.annotation) : undefined;
      if (!inner) return [toFlag({ ...field, name: prefix + field.name }, constants, imports)];
      return spread(inner.fields, isFlat ? prefix : `${prefix}${field.name}.`, depth + 1);
    });
  const config = configFlag(imports, calls);
  const flags = taken.flatMap((each) => {
    const nested = each.fields.flatMap(({ annotation }) => classes.get(annotation)?.fields ?? []);
    return spread(nested.length > 0 && each.kind === 'function' ? nested : each.fields, '');
  });
  const hasOwn = flags.some(({ destination }) => /(?:^|_)(?:config|cfg)/.test(destination));
  if (!config || flags.length === 0 || hasOwn) return flags;
  return [...flags.map((flag) => ({ ...flag, isFromConfig: true })), config];
}

/** jsonargparse's `CLI` takes a config file that stands for its flags. */
function configFlag(imports: ReadonlySet<string>, calls: readonly Call[]): Flag | undefined {
  const maker = calls.find(({ callee }) => /(?:^|\.)(?:CLI|auto_cli)$/.test(callee));
  if (!imports.has('jsonargparse') || !maker) return undefined;
  return {
    names: ['--config'],
    isPositional: false,
    isSwitch: false,
    isRequired: false,
    default: undefined,
    help: '',
    destination: 'config',
    kind: 'value',
    command: null,
    line: maker.line,
  };
}

function toFlag(
  { name, annotation, value, line }: Field,
  constants: Constants,
  imports: ReadonlySet<string>,
): Flag {
  const isFire = imports.has('fire');
  const inner = fieldDefault(value);
  const fallback = inner && evaluate(inner, constants);
  return {
    names: [`--${name}`],
    isPositional: false,
    isSwitch: !isFire && annotation === 'bool',
    isRequired: value === undefined,
    default: fallback === null ? undefined : fallback,
    help: '',
    destination: name,
    kind: kindOf(annotation, imports),
    isFloat: /^(?:Optional\[)?float\b/.test(annotation),
    command: null,
    line,
  };
}

/** How each library types booleans and lists. */
function kindOf(annotation: string, imports: ReadonlySet<string>): Flag['kind'] {
  const isList = /^(?:typing\.)?(?:Optional\[)?(?:list|tuple|sequence|set)\b/i.test(annotation);
  const isBool = /^(?:Optional\[)?bool\b/.test(annotation);
  if (isBool && imports.has('tyro')) return 'pair';
  if (isBool && imports.has('tap')) return 'on';
  if (isList)
    return imports.has('fire') || imports.has('jsonargparse') || imports.has('draccus') ? 'data' : 'words';
  return 'value';
}

/** `field(default=3, metadata=…)` of dataclasses is 3. */
function fieldDefault(value: readonly Token[] | undefined): readonly Token[] | undefined {
  if (
    !value ||
    !/^(?:dataclasses\.)?field\($/.test(
      textOf(value.slice(0, value.findIndex(({ text }) => text === '(') + 1)),
    )
  )
    return value;
  const at = value.findIndex(({ text }, i) => text === 'default' && value[i + 1]?.text === '=');
  if (at < 0) return undefined;
  const rest = value.slice(at + 2, -1);
  const comma = rest.findIndex(({ text }) => text === ',');
  return comma < 0 ? rest : rest.slice(0, comma);
}
