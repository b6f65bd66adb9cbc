import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PAGES, readPage as read } from './docs-pages.ts';
import { ROOT, PAWL } from './toy-project.ts';

const capabilities = z
  .object({
    commands: z.array(
      z.object({
        name: z.string(),
        options: z.array(
          z.object({ short: z.string().nullable(), long: z.string(), value: z.string().nullable() }),
        ),
      }),
    ),
  })
  .parse(
    JSON.parse(spawnSync(process.execPath, [PAWL, 'capabilities', '--json'], { encoding: 'utf8' }).stdout),
  );

/** Commands in fenced blocks of a shell. */
function commandsOf(text: string): string[] {
  return [...text.matchAll(/^ *```(?:sh|bash|console|shell)\b.*\n([\s\S]*?)^ *```/gm)]
    .flatMap(([, body = '']) => body.replaceAll(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => line.trim().replace(/^\$ /, ''))
    .flatMap((line) => line.split(/\s*(?:&&|\||;)\s*/))
    .map((line) => line.replace(/^(?:npx (?:-y )?|source <\()/, ''))
    .filter((line) => /^pawl(?:\s|$)/.test(line));
}

/** What is wrong with a command line; null where nothing is. */
function faultOf(line: string): string | null {
  const words = [
    ...line
      .replace(/\s#\s.*$/, '')
      .replace(/\)$/, '')
      .matchAll(/'[^']*'|"[^"]*"|\S+/g),
  ]
    .map(([word]) => word)
    .slice(1);
  const [name = '--help', ...rest] = words;
  if (/^(?:--help|-h|--version|-V|help)$/.test(name)) return null;
  const command = capabilities.commands.find((each) => each.name === name);
  if (!command) return `there is no command '${name}'`;
  const known = new Map(
    command.options.flatMap((option) => [[option.long, option] as const, [option.short, option] as const]),
  );
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    if (!/^--?[a-z]/i.test(word) || word === '--help' || word === '-h') continue;
    const option = known.get(word.split('=')[0] ?? '');
    if (!option) return `${name} has no option '${word}'`;
    if (option.value !== null && !word.includes('=') && !rest[++i]) return `'${word}' needs a value`;
    if (option.value === null && word.includes('=')) return `'${word}' takes no value`;
  }
  return null;
}

/** The anchors that GitHub and VitePress give to headings. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)];
  return new Set(
    headings.map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[`*]/g, '')
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  );
}

function deadLinks(file: string): string[] {
  const text = read(file)
    .replaceAll(/^ *```[\s\S]*?^ *```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^(?:[a-z]+:|\/\/)/i.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const place = path === '' ? file : join(dirname(file), decodeURI(path));
      const found = [place, `${place}.md`, join(place, 'index.md')].find((each) =>
        existsSync(join(ROOT, each)),
      );
      if (found === undefined) return true;
      return anchor !== undefined && found.endsWith('.md') && !anchorsOf(read(found)).has(anchor);
    });
}

describe('documentation', () => {
  it('has pages', () => {
    expect(PAGES).toContain('README.md');
    expect(PAGES).toContain('docs/tutorial.md');
    expect(PAGES.length).toBeGreaterThan(10);
  });

  it.each(PAGES)('%s: every command of pawl exists, with its options', (file) => {
    expect(commandsOf(read(file)).flatMap((line) => faultOf(line) ?? [])).toEqual([]);
  });

  it.each(PAGES)('%s: no dead link', (file) => {
    expect(deadLinks(file)).toEqual([]);
  });

  it('the sidebar of the site names pages that exist', () => {
    const config = read(join('docs', '.vitepress', 'config.mts'));
    const links = [...config.matchAll(/link: '([^']+)'/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(10);
    const missing = links.filter((link) => link !== '/api/' && !existsSync(join(ROOT, 'docs', `${link}.md`)));
    expect(missing).toEqual([]);
  });

  it.each([
    ['pawl plan --diagnostic', `'--diagnostic' needs a value`],
    ['pawl plan --nope', `plan has no option '--nope'`],
    ['pawl plna', `there is no command 'plna'`],
    ['pawl plan --json=yes', `'--json=yes' takes no value`],
    ['pawl optimize --evidence quick   # one run of each', null],
  ])('the check sees %s', (line, fault) => {
    expect(faultOf(line)).toBe(fault);
  });

  it('the reference is as the code says, and every error code has an entry', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts', 'make-reference.mjs'), '--check'],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('the tutorial prints what it says', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts', 'make-tutorial.mjs'), '--check'],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
