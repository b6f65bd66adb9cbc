import { toPlain } from './plain.ts';

/** `_` inside a word, as in `val_acc`, is no markup and stays readable. */
const SPECIAL = /[\\`*[\]<>|~$]|&(?=[#\p{L}])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const ENTITIES: Record<string, string> = { '<': '&lt;', '&': '&amp;' };
/** At the start of a line these would open a list, a heading, or underline one. */
const OPENING = /^(?:[-+#=](?=[-+#=]*(?:\s|$))|\d{1,9}(?=[.)](?:\s|$)))/u;

/** Foreign text as one line of literal Markdown, safe in a paragraph, a list item and a table cell. */
export function escapeMarkdown(text: string, max = 400): string {
  const line = toPlain(text, max).replace(SPECIAL, (character) => ENTITIES[character] ?? `\\${character}`);
  return line.replace(OPENING, (start) => (/\d/u.test(start) ? `${start}\\` : `\\${start}`));
}

/** Foreign text as inline code. */
export function code(text: string, max = 160): string {
  const line = toPlain(text, max);
  if (line === '') return '``';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/gu), (run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return fence + pad + line + pad + fence;
}

/** Inline code inside a table. A pipe would end the cell even in code, and a backslash before it cannot be told apart. */
export function codeCell(text: string, max = 160): string {
  const line = toPlain(text, max);
  if (!line.includes('|')) return code(line, max);
  return `<code>${line.replace(/[^\p{L}\p{N} .,]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** A relative link target: percent-encoded, so that no character can end the link. */
export function linkTarget(path: string): string {
  return encodeURI(path).replace(
    /[()'*!?#]/gu,
    (character) => '%' + character.charCodeAt(0).toString(16).padStart(2, '0'),
  );
}
