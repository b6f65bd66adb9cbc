import type { CompletedCommand } from './completion.ts';
import { quoted } from './quoted.ts';

/** For bash 3.2 and later; needs no bash-completion. */
export function bash(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name);
  const words = (list: readonly string[]): string => quoted(list.join(' '));
  const cases = commands.map((command) => {
    const flags = command.options.flatMap(({ short, long }) => (short === null ? [long] : [short, long]));
    const values = command.options
      .filter(({ value }) => value !== null)
      .map(({ short, long, value, choices }) => {
        const pattern = short === null ? long : `${short}|${long}`;
        const answer =
          value === 'choice'
            ? `COMPREPLY=($(compgen -W ${words(choices)} -- "$cur"))`
            : value === 'folder'
              ? 'COMPREPLY=($(compgen -d -- "$cur"))'
              : value === 'file'
                ? 'COMPREPLY=($(compgen -f -- "$cur"))'
                : 'COMPREPLY=()';
        return `        ${pattern}) ${answer}; return ;;`;
      });
    const rest =
      command.arguments === null
        ? ''
        : command.arguments === 'choice'
          ? `\n      COMPREPLY=($(compgen -W ${words(command.choices)} -- "$cur"))`
          : '\n      COMPREPLY=($(compgen -f -- "$cur"))';
    return [
      `    ${command.name})`,
      ...(values.length === 0 ? [] : ['      case "$prev" in', ...values, '      esac']),
      `      if [[ "$cur" == -* ]]; then COMPREPLY=($(compgen -W ${words(flags)} -- "$cur")); return; fi${rest}`,
      '      ;;',
    ].join('\n');
  });
  return `# pawl completion for bash: put  source <(pawl completion bash)  into ~/.bashrc
_pawl() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  COMPREPLY=()
  case "$command" in
    ""|help) COMPREPLY=($(compgen -W ${words([...names, 'help', '--help', '--version'])} -- "$cur")) ;;
${cases.join('\n')}
  esac
}
complete -o filenames -o bashdefault -F _pawl pawl
`;
}
