import type { CompletedCommand } from './completion.ts';

/** fish knows two escapes in single quotes. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;

export function fish(commands: readonly CompletedCommand[]): string {
  const lines = [
    '# pawl completion for fish: put  pawl completion fish | source  into ~/.config/fish/config.fish',
    'complete -c pawl -f',
    ...commands.map(
      ({ name, summary }) => `complete -c pawl -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ),
  ];
  for (const command of commands) {
    const start = `complete -c pawl -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`;
    for (const { short, long, value, choices, about } of command.options) {
      const names = `${short === null ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)}`;
      const argument =
        value === null
          ? ''
          : value === 'choice'
            ? ` -x -a ${quoted(choices.join(' '))}`
            : value === 'other'
              ? ' -x'
              : ' -r -F';
      lines.push(`${start}${names}${argument} -d ${quoted(about)}`);
    }
    if (command.arguments === 'choice') lines.push(`${start} -a ${quoted(command.choices.join(' '))}`);
    else if (command.arguments !== null) lines.push(`${start} -F`);
  }
  return `${lines.join('\n')}\n`;
}
