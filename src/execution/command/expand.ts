import { executionError } from '../errors.ts';
import { closest } from '../closest.ts';
import { quoteForShell } from './quote.ts';

/** A list stands for several arguments (overrides, resume arguments); undefined: known, but without a value here. */
type PlaceholderValue = string | number | readonly string[];
type PlaceholderValues = Readonly<Record<string, PlaceholderValue | undefined>>;

type Piece = { text: string } | { name: string };

/**
 * Fills `{name}` in every argument. `{{name}}` is a literal `{name}`; `${name}` and braces around anything that is
 * not a single name (JSON, Hydra's `{lr:0.1}`) pass as they are.
 */
export function expandCommand(template: readonly string[], values: PlaceholderValues): [string, ...string[]] {
  const argv: string[] = [];
  for (const argument of template) {
    const pieces = splitTemplate(argument);
    const only = pieces[0];
    if (pieces.length === 1 && only && 'name' in only) {
      const value = valueOf(only.name, values);
      argv.push(...(typeof value === 'object' ? value : [String(value)]));
    } else {
      argv.push(
        pieces
          .map((piece) => ('name' in piece ? scalarOf(piece.name, values, argument) : piece.text))
          .join(''),
      );
    }
  }
  const [program, ...rest] = argv;
  if (program === undefined || program === '') {
    throw executionError('COMMAND_EMPTY', 'The training command is empty.', {
      remedy: 'Write it under `train:`.',
    });
  }
  return [program, ...rest];
}

/** Fills a command that a shell will read: every value is quoted for the place it stands in. */
export function expandShellCommand(template: string, values: PlaceholderValues): string {
  let text = '';
  const context = { quote: '' };
  for (const piece of splitTemplate(template)) {
    if ('text' in piece) {
      text += piece.text;
      followQuotes(piece.text, context);
    } else {
      const value = valueOf(piece.name, values);
      if (typeof value === 'object' && context.quote !== '') throw listInside(piece.name, template);
      const words = typeof value === 'object' ? value : [String(value)];
      text += words.map((word) => quoteForShell(word, context.quote)).join(' ');
    }
  }
  return text;
}

/** Names of the placeholders a template uses, in order of first appearance. */
export function placeholdersOf(template: readonly string[]): string[] {
  const names = template.flatMap((argument) =>
    splitTemplate(argument).flatMap((piece) => ('name' in piece ? [piece.name] : [])),
  );
  return [...new Set(names)];
}

function splitTemplate(template: string): Piece[] {
  const pieces: Piece[] = [];
  /** What each open brace was: 2 an escaped `{{`, 1 a plain `{`. */
  const open: (1 | 2)[] = [];
  let text = '';
  for (let i = 0; i < template.length; i++) {
    const pair = template.slice(i, i + 2);
    const name = /^\{([A-Za-z_]\w*)\}/u.exec(template.slice(i, i + 80))?.[1];
    if (pair === '{{') {
      open.push(2);
      text += '{';
      i++;
    } else if (name !== undefined && template[i - 1] !== '$') {
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({ name });
      i += name.length + 1;
    } else if (pair === '}}' && open.at(-1) === 2) {
      open.pop();
      text += '}';
      i++;
    } else {
      if (template[i] === '{') open.push(1);
      if (template[i] === '}' && open.at(-1) === 1) open.pop();
      text += template[i] as string;
    }
  }
  if (text !== '' || pieces.length === 0) pieces.push({ text });
  return pieces;
}

function valueOf(name: string, values: PlaceholderValues): PlaceholderValue {
  const known = Object.keys(values);
  if (!known.includes(name)) {
    const near = closest(name, known);
    throw executionError(
      'COMMAND_UNKNOWN_PLACEHOLDER',
      `The command holds {${name}}, which is no placeholder; known are ${known.map((each) => `{${each}}`).join(', ')}.`,
      { remedy: `${near === undefined ? '' : `Write {${near}}, or `}write {{${name}}} for literal braces.` },
    );
  }
  const value = values[name];
  if (value === undefined) {
    throw executionError(
      'COMMAND_PLACEHOLDER_UNSET',
      `The command holds {${name}}, which has no value in this project.`,
      {
        remedy: `Set \`${name}:\` in pawl.yaml, or take {${name}} out of the command.`,
      },
    );
  }
  return value;
}

function scalarOf(name: string, values: PlaceholderValues, argument: string): string {
  const value = valueOf(name, values);
  if (typeof value === 'object') throw listInside(name, argument);
  return String(value);
}

function listInside(name: string, argument: string): Error {
  return executionError(
    'COMMAND_PLACEHOLDER_LIST',
    `{${name}} stands for several arguments and cannot be part of '${argument}'.`,
    { remedy: `Let {${name}} stand by itself, between spaces.` },
  );
}

/** Follows the shell's quoting through literal text, so that a value is quoted for where it stands. */
function followQuotes(text: string, context: { quote: string }): void {
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && context.quote !== "'") i++;
    else if (context.quote === '' && (char === '"' || char === "'")) context.quote = char;
    else if (char === context.quote) context.quote = '';
  }
}
