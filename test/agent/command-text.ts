import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../toy-project.ts';

/** A plugin command as an agent reads it. */
export interface CommandText {
  text: string;
  /** The calls of the CLI that it prescribes in fenced blocks, in order. */
  calls: string[];
  /** What stands in backticks, or alone in the form that is to be shown. */
  mentions: string[];
  /** What a user is told of its arguments. */
  hint: string;
}

/** A plugin command, or what stands under one of its headings; without one, what stands before the first. */
export function readCommand(name: string, heading?: string): CommandText {
  return readAgentText(join(ROOT, 'plugin', 'commands', `${name}.md`), heading ?? '');
}

/** `heading`: only that part; `''`: what stands before the first. */
export function readAgentText(file: string, heading?: string): CommandText {
  const content = readFileSync(file, 'utf8');
  const [, hint = ''] = /^argument-hint: (.*)$/m.exec(content) ?? [];
  const whole = content.replace(/^---\n[\s\S]*?\n---\n/, '');
  const text = heading === undefined ? whole : partOf(whole, heading);
  const fences = [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```/gm)];
  const calls = fences
    .filter(([, language]) => language === 'sh')
    .flatMap(([, , body = '']) => body.split('\n').map((line) => line.trim()))
    .filter((line) => /^(?:npx )?pawl /.test(line));
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  const shown = fences
    .filter(([, language]) => language === '')
    .flatMap(([, , body = '']) =>
      [...body.matchAll(/\b[a-z]+(?:\[\])?(?:\.[a-z]+)+\b/gi)].map(([word]) => word),
    );
  return { text, calls, mentions: [...inline, ...shown], hint };
}

function partOf(text: string, heading: string): string {
  const parts = text.split(/^## /m);
  const part = heading === '' ? parts[0] : parts.find((each) => each.startsWith(`${heading}\n`));
  if (part === undefined) throw new Error(`the text has no part '${heading}'`);
  return part;
}

/** Whether a path such as `changes[].effect.label` or `target.value` leads anywhere in a document. */
export function hasField(document: unknown, path: string): boolean {
  const [head = '', ...rest] = path.split('.');
  const isList = head.endsWith('[]');
  const key = isList ? head.slice(0, -2) : head;
  if (typeof document !== 'object' || document === null || !Object.hasOwn(document, key)) return false;
  const value: unknown = Object.getOwnPropertyDescriptor(document, key)?.value;
  if (rest.length === 0) return true;
  if (!isList) return hasField(value, rest.join('.'));
  return Array.isArray(value) && value.some((item) => hasField(item, rest.join('.')));
}
