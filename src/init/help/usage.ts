/** What the usage line of a help text says beyond the list of options. */
export interface Usage {
  /** Flags that must be given. */
  required: string[];
  /** Names of arguments without a flag that must be given. */
  positionals: string[];
  /** Sub-commands. */
  commands: string[];
}

export function readUsage(lines: readonly { text: string }[]): Usage {
  const usage: Usage = { required: [], positionals: [], commands: [] };
  const first = lines.findIndex(({ text }) => /^\s*usage:/i.test(text));
  if (first >= 0) {
    const after = lines.slice(first).map(({ text }) => text);
    const end = after.findIndex((text, i) => i > 0 && !/^\s{5}/.test(text));
    readWords(
      after
        .slice(0, end < 0 ? 1 : end)
        .join(' ')
        .replace(/^\s*usage:\s*/i, ''),
      usage,
    );
  }
  let isList = false;
  for (const { text } of lines) {
    if (/^\s*commands:\s*$/i.test(text)) isList = true;
    else if (isList && text.trim() === '') isList = usage.commands.length === 0;
    else if (isList) {
      const [, name] = /^\s{1,4}([a-z][\w-]*)(?:\s{2,}|$)/.exec(text) ?? [];
      if (name !== undefined) usage.commands.push(name);
    }
  }
  return usage;
}

function readWords(text: string, usage: Usage): void {
  const [, commands] = /\{([\w,-]+)\}\s+\.\.\./.exec(text) ?? [];
  if (commands !== undefined) usage.commands.push(...commands.split(','));
  // The name of the program, with those of its sub-commands, comes before what may be left out.
  const open = text.indexOf('[');
  if (open < 0) return;
  const words = withoutBrackets(text.slice(open).replaceAll(/\{[\w,-]+\}\s+\.\.\./g, ' '))
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '...');
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word.startsWith('-')) {
      usage.required.push(word.replace(/=.*$/, ''));
      if (words[i + 1]?.startsWith('-') === false) i++;
    } else if (/^\{?[A-Za-z][\w-]*\}?$/.test(word) && !/^(?:OPTIONS|ARGS|COMMAND|flags)$/.test(word))
      usage.positionals.push(word.replaceAll(/[{}]/g, '').toLowerCase());
  }
}

function withoutBrackets(text: string): string {
  let depth = 0;
  let outside = '';
  for (const character of text) {
    if (character === '[') depth++;
    else if (character === ']') depth = Math.max(0, depth - 1);
    else if (depth === 0) outside += character;
  }
  return outside;
}
