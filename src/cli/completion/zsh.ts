import type { CompletedCommand, CompletedOption, ValueKind } from './completion.ts';
import { quoted } from './quoted.ts';

export function zsh(commands: readonly CompletedCommand[]): string {
  const list = commands.map(
    ({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`,
  );
  const cases = commands.map((command) => {
    const specs = command.options.flatMap(specsOf);
    const rest =
      command.arguments === null
        ? []
        : [quoted(`*:${command.name}:${action(command.arguments, command.choices)}`)];
    return `        ${command.name}) _arguments -s ${[...specs, ...rest].join(' ')} ;;`;
  });
  return `#compdef pawl
# pawl completion for zsh: put  source <(pawl completion zsh)  into ~/.zshrc, after compinit
_pawl() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  local context state line
  _arguments -C '(-h --help)'{-h,--help}'[print help]' '(-V --version)'{-V,--version}'[print the version]' '1: :->command' '*::argument:->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${cases.join('\n')}
        help) _describe -t commands command commands ;;
      esac ;;
  esac
}
compdef _pawl pawl
`;
}

function specsOf({ short, long, value, choices, about }: CompletedOption): string[] {
  const text = about.replaceAll(/[[\]]/g, String.raw`\$&`).replaceAll(':', '\\:');
  const tail = value === null ? '' : `:${long.replace(/^--/, '')}:${action(value, choices)}`;
  const inline = value === null ? '' : '=';
  const names = short === null ? [long] : [short, long];
  const others = short === null ? '' : `(${names.join(' ')})`;
  return names.map((name) => quoted(`${others}${name}${name === long ? inline : ''}[${text}]${tail}`));
}

function action(kind: ValueKind, choices: readonly string[]): string {
  if (kind === 'choice') return `(${choices.join(' ')})`;
  if (kind === 'folder') return '_files -/';
  return kind === 'file' ? '_files' : ' ';
}
