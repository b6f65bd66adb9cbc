/*
 * How lines of config are written: keys, sections, comments, indentation.
 */

export const KEY =
  /^(\s*)(?:(["'])([^"']{1,120})\2|([A-Za-z_][\w.\-/[\]]{0,120}(?: [A-Za-z_][\w-]{0,30}){0,3}))\s*(:|=|→|->|=>)(?=\s|$|["'[{\d.+-]|[A-Za-z])\s*(.*)$/u;
export const TYPED =
  /^(\s*)([A-Za-z_]\w{0,80})\s*:\s*(?:int|float|str|bool|Optional\[\w+\]|list|dict)\s*=\s*(.+)$/u;
export const SECTION = /^\s*\[{1,2}([A-Za-z_][\w.\- "]{0,120})\]{1,2}\s*(?:#.*)?$/u;
export const STATE =
  /^\s*(?:#|\/\/|--)\s*(?:-{2,}\s*)?(before|current(?:ly)?|old|baseline|was|original|existing|vorher|avant|antes|修改前|当前|変更前|after|proposed|new|optimi[sz]ed|recommended|updated|change to|nachher|après|después|修改后|変更後|(?:option|alternative|variant) ?[a-z0-9]?|or)\b[^:=]{0,40}:?\s*(?:-{2,})?\s*$/iu;

export function indentOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (char === ' ') width += 1;
    else if (char === '\t') width += 4;
    else break;
  }
  return width;
}

/** Splits a value from the comment behind it; quotes and brackets are respected. */
export function splitComment(text: string): { value: string; comment: string } {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && (at === 0 || /[\s,:[{(=]/u.test(text.charAt(at - 1))))
      quote = char;
    else if (char === '#' && (at === 0 || /\s/u.test(text.charAt(at - 1))))
      return { value: text.slice(0, at), comment: text.slice(at) };
    else if (char === '/' && text.charAt(at + 1) === '/' && (at === 0 || /\s/u.test(text.charAt(at - 1))))
      return { value: text.slice(0, at), comment: text.slice(at) };
    else if (char === '<' && /^<[-=]/u.test(text.slice(at)) && at > 0)
      return { value: text.slice(0, at), comment: text.slice(at) };
    else if (char === '←') return { value: text.slice(0, at), comment: text.slice(at + 1) };
  }
  return { value: text, comment: '' };
}

export function bracketBalance(text: string): number {
  let balance = 0;
  for (const char of text) {
    if (char === '[' || char === '{' || char === '(') balance += 1;
    else if (char === ']' || char === '}' || char === ')') balance -= 1;
  }
  return balance;
}

/** `a.b.c` → keys; `a[0].b` keeps its index. */
export function splitKey(key: string): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const part of key.split('.')) {
    const match = /^([^[\]]*)((?:\[\d{1,4}\])*)$/u.exec(part);
    if (!match) return [key];
    if (match[1] !== '') keys.push(match[1] as string);
    for (const index of (match[2] ?? '').matchAll(/\d+/gu)) keys.push(Number(index[0]));
  }
  return keys.length === 0 ? [key] : keys;
}
