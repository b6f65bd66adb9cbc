const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const PROSE =
  /\bdefaults?\s+(?:to|is|are|value\s+is|=)\s*:?\s*(-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w/])|True\b|False\b|None\b|'[^']*'|"[^"]*"|`[^`]*`)/i;

/** The default that a help text tells, as written: `(default: 0.1)`, `[default: 64; x>=1]`, `(type: int, default: 64)`, `defaults to 3`. */
export function defaultText(help: string): string | undefined {
  const matches = [...help.matchAll(/\bdefault\s*[:=]\s*/gi)];
  const last = matches.at(-1);
  if (!last) return PROSE.exec(help)?.[1];
  const start = last.index + last[0].length;
  const opener = openAt(help, last.index);
  const close = opener === undefined ? undefined : CLOSES[opener];
  return valueFrom(help, start, close);
}

/** Whether it says that a value must be given. */
export function saysRequired(help: string): boolean {
  return /[([](?:[^()[\]]*[,;]\s*)?required\s*[\],;)]/i.test(help);
}

/** The bracket that is open at `end`. */
function openAt(text: string, end: number): string | undefined {
  const open: string[] = [];
  for (const character of text.slice(0, end)) {
    if (character === '(' || character === '[') open.push(character);
    else if (character === ')' || character === ']') open.pop();
  }
  return open.at(-1);
}

function valueFrom(text: string, start: number, close: string | undefined): string {
  const open: string[] = [];
  let quote = '';
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if ((character === "'" || character === '"') && (at === start || open.length > 0))
      quote = character;
    else if (open.length === 0) {
      if (character === close || character === ';') break;
      if (close === undefined && /^(?:\s|[.,)](?:\s|$))/.test(text.slice(at, at + 2))) break;
      if (CLOSES[character] !== undefined) open.push(CLOSES[character]);
    } else if (CLOSES[character] !== undefined) open.push(CLOSES[character]);
    else if (character === open.at(-1)) open.pop();
  }
  return text.slice(start, at).trim();
}
