export type Align = 'left' | 'right';

const RULES: Record<Align, string> = { left: '---', right: '--:' };

/** A Markdown table. Cells are Markdown already: foreign text comes escaped. */
export function table(
  headers: readonly string[],
  align: readonly Align[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = `| ${headers.map((_, index) => RULES[align[index] ?? 'left']).join(' | ')} |`;
  return [line(headers), rule, ...rows.map(line)].join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Paragraphs, lists and tables with a blank line between; empty ones fall away. */
export function blocks(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n\n');
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
