import { Argument, Command, CommanderError, Option } from 'commander';
import { COMMANDS, GROUPS, OUTPUT, type CommandSpec } from './table.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { findMissingValue } from './missing-value.ts';
import { runCommand } from './run.ts';

/** Reads a command line and runs its command; usage errors are thrown. */
export async function runProgram(version: string, argv: readonly string[]): Promise<void> {
  const missing = findMissingValue(argv);
  if (missing !== undefined) {
    throw new CommanderError(
      1,
      'commander.optionMissingArgument',
      `error: option '${missing}' argument missing`,
    );
  }
  await buildProgram(version).parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
}

/** The parser, built from the command table. */
function buildProgram(version: string): Command {
  const program = new Command('pawl')
    .description('Turns a diagnosis of a trained model into a better model, with proof.')
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      `\nStart with:\n  pawl init              a pawl.yaml for your training code\n  pawl plan              what the report asks for\n  pawl optimize          the whole job\n\n\`pawl <command> --help\` shows its options and examples.\n\nExit codes:\n${EXIT_CODES.map(({ code, about }) => `  ${String(code).padEnd(5)}${about}`).join('\n')}`,
    );
  for (const group of GROUPS)
    for (const spec of COMMANDS.filter((each) => each.group === group))
      program.addCommand(buildCommand(spec));
  program.helpCommand(false).addCommand(helpCommand(program));
  return inherit(program, program);
}

function buildCommand(spec: CommandSpec): Command {
  const command = new Command(spec.name)
    .summary(spec.summary)
    .description(spec.description)
    .helpGroup(`${spec.group}:`);
  for (const { name, about, choices } of spec.arguments) {
    const argument = new Argument(name, about);
    command.addArgument(choices ? argument.choices([...choices]) : argument);
  }
  for (const { flags, about, default: fallback, choices, group } of spec.options) {
    const option = new Option(flags, about);
    if (fallback !== undefined) option.default(fallback);
    if (choices) option.choices([...choices]);
    if (group !== undefined) option.helpGroup(`${group}:`);
    command.addOption(option);
  }
  const examples = spec.examples.map(({ command: text, about }) => `  ${text}\n      ${about}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${examples}`);
  command.action(async () => runCommand(spec.name, command.args, command.opts()));
  return command;
}

/** commander's own says nothing of a command that does not exist. */
function helpCommand(program: Command): Command {
  return new Command('help')
    .summary('print help for a command')
    .description('Prints the help of a command, or this list.')
    .helpGroup('For agents and shells:')
    .argument('[command]', 'the command')
    .action(async (name: string | undefined) => {
      const found = program.commands.find((each) => each.name() === name);
      if (name !== undefined && !found) {
        const { closest } = await import('../execution/closest.ts');
        const near = closest(
          name,
          program.commands.map((each) => each.name()),
        );
        const guess = near === undefined ? '' : `\n(Did you mean ${near}?)`;
        throw new CommanderError(1, 'commander.unknownCommand', `error: unknown command '${name}'${guess}`);
      }
      (found ?? program).outputHelp();
    });
}

/** Usage errors are thrown, so that `main` can print them as JSON too and exit with 2. */
function inherit(command: Command, root: Command): Command {
  command
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ optionDescription: describe, argumentDescription: describe })
    .addHelpOption(
      new Option('-h, --help', 'print help').helpGroup(command === root ? 'Options:' : `${OUTPUT}:`),
    )
    .showSuggestionAfterError(true)
    .allowExcessArguments(false);
  for (const child of command.commands) inherit(child, root);
  return command;
}

/** What it is, then what it may be. */
function describe({ description, argChoices, defaultValue }: Option | Argument): string {
  const facts = [
    argChoices === undefined ? '' : argChoices.join(', '),
    typeof defaultValue === 'string' ? `default: ${defaultValue}` : '',
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`;
}
