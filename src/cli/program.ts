import { Argument, Command, Option } from 'commander';
import { COMMANDS, type CommandSpec } from './table.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { runCommand } from './run.ts';

/** The parser, built from the command table. */
export function buildProgram(version: string): Command {
  const program = new Command('pawl')
    .description('Turns a diagnosis of a trained model into a better model, with proof.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      `\nStart with:\n  pawl init              a pawl.yaml for your training code\n  pawl plan              what the report asks for\n  pawl optimize          the whole job\n\nExit codes:\n${EXIT_CODES.map(({ code, about }) => `  ${String(code).padEnd(5)}${about}`).join('\n')}`,
    );
  for (const spec of COMMANDS) program.addCommand(buildCommand(spec));
  return inherit(program, program);
}

function buildCommand(spec: CommandSpec): Command {
  const command = new Command(spec.name).summary(spec.summary).description(spec.description);
  for (const { name, about, choices } of spec.arguments) {
    const argument = new Argument(name, about);
    command.addArgument(choices ? argument.choices([...choices]) : argument);
  }
  for (const { flags, about, default: fallback, choices } of spec.options) {
    const option = new Option(flags, about);
    if (fallback !== undefined) option.default(fallback);
    if (choices) option.choices([...choices]);
    command.addOption(option);
  }
  const examples = spec.examples.map(({ command: text, about }) => `  ${text}\n      ${about}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${examples}`);
  command.action(async () => runCommand(spec.name, command.args, command.opts()));
  return command;
}

/** Usage errors are thrown, so that `main` can print them as JSON too and exit with 2. */
function inherit(command: Command, root: Command): Command {
  command.exitOverride().configureOutput({ outputError: () => {} });
  command.helpOption('-h, --help', 'print help').showSuggestionAfterError(true).allowExcessArguments(false);
  for (const child of command.commands) inherit(child, root);
  return command;
}
