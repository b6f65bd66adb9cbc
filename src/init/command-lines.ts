/** A line of a file that may be a command. */
export interface Line {
  text: string;
  line: number;
  name: string | null;
}

/** Joins lines that end in a backslash. */
export function logicalLines(text: string): Line[] {
  const lines: Line[] = [];
  let open: Line | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const isContinued = /\\\s*$/.test(raw);
    const piece = raw.replace(/\\\s*$/, ' ').trim();
    if (open) open.text += ` ${piece}`;
    else open = { text: piece, line: index + 1, name: null };
    if (isContinued) return;
    lines.push(open);
    open = undefined;
  });
  if (open) lines.push(open);
  return lines;
}

export function recipes(text: string): Line[] {
  let name: string | null = null;
  return logicalLines(text.replaceAll(/^(?=[\t ])/gm, '\u0001')).flatMap((line) => {
    if (!line.text.startsWith('\u0001')) {
      name = /^@?([\w./-]+)(?:\s+[^:]+)?\s*:(?!=)/.exec(line.text)?.[1] ?? (line.text === '' ? name : null);
      return [];
    }
    return [
      {
        ...line,
        text: line.text
          .replaceAll('\u0001', '')
          .replace(/^\s*[@-]+/, '')
          .trim(),
        name,
      },
    ];
  });
}

export function npmScripts(text: string): Line[] {
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown };
    if (typeof scripts !== 'object' || scripts === null) return [];
    return Object.entries(scripts).flatMap(([name, command]) => {
      if (typeof command !== 'string') return [];
      const before = text.slice(0, Math.max(0, text.indexOf(JSON.stringify(command))));
      return [{ text: command, line: before.split('\n').length, name }];
    });
  } catch {
    return [];
  }
}

export function fenced(text: string): Line[] {
  let isInside = false;
  const kept = text.split(/\r?\n/).map((line) => {
    if (/^\s*(?:```|~~~|\.\. code)/.test(line)) {
      isInside = !isInside;
      return '';
    }
    return isInside || /^(?: {4}|\t)/.test(line)
      ? line.replace(/^\s*(?:[$>%]|In \[\d+\]:|!)\s*/, '')
      : inline(line);
  });
  return logicalLines(kept.join('\n'));
}

/** Commands in the running text of a README: `python train.py -c config.yaml`. */
function inline(line: string): string {
  return [...line.matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code.trim())
    .filter((code) => /\.py\b|\s-m\s/.test(code))
    .join(' ; ');
}

export function commandKeys(text: string): Line[] {
  return logicalLines(text).flatMap((line) => {
    const command = /^(?:-\s*)?(?:cmd|command)\s*:\s*(.+)$/.exec(line.text)?.[1];
    return command === undefined ? [] : [{ ...line, text: command.replace(/^(['"])(.*)\1$/, '$2') }];
  });
}

/** `NAME = value`, `NAME := value`, `NAME=value`: the last of each, where it refers to nothing else. */
export function assignments(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(
    /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]?=\s*(.*?)\s*$/gm,
  )) {
    const plain = value.replace(/^(['"])(.*)\1$/, '$2').replace(/\s+#.*$/, '');
    const fallback = /^\$\{\w+:?-([^}$]*)\}$/.exec(plain)?.[1] ?? plain;
    if (!/[$`]/.test(fallback)) found.set(name, fallback);
  }
  return found;
}
