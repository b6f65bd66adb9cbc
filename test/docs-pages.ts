import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './toy-project.ts';

/** Pages that people read: of the project, not of what it installs or generates from comments. */
export const PAGES = ['.', 'docs', 'examples', 'plugin', '.agents']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .filter(
    (file) =>
      file.endsWith('.md') && !/node_modules|docs\/api|\.vitepress|results\/|\.pawl|CHANGELOG/.test(file),
  )
  .filter((file) => !/diagnostic_report|diagnosed/.test(file))
  .toSorted();

export const readPage = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

export interface Fence {
  /** `docs/sweeps.md:24`. */
  place: string;
  language: string;
  /** What stands behind the language. */
  note: string;
  body: string;
  /** The file that it shows, named by a comment before it. */
  shows: string | null;
}

/** The fenced blocks of a page. */
export function fencesOf(file: string): Fence[] {
  const text = readPage(file);
  const found = text.matchAll(/(?:<!-- ([\w./-]+) -->\n+)?^( *)(`{3,})(\w*)([^\n]*)\n([\s\S]*?)^\2\3 *$/gm);
  return [...found].map(([all, shows, indent = '', , language = '', note = '', body = ''], at) => ({
    place: `${file}:${text.slice(0, text.indexOf(all)).split('\n').length} (${at + 1})`,
    language,
    note: note.trim(),
    body: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    shows: shows ?? null,
  }));
}
