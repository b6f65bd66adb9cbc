import type { ConfigValue } from '../../config/value.ts';
import { parsePath } from '../../config/path.ts';
import type { Advice } from '../recommend/recommend.ts';
import { spell } from './text.ts';

interface Branch {
  children: Map<string, Branch | string>;
}

/** The changed places as a YAML fragment; empty where one of them lies in a list, which a fragment cannot show. */
export function preview(recommendations: readonly Advice[]): string {
  const root: Branch = { children: new Map() };
  for (const { changes, number } of recommendations)
    for (const { path, kind, from, to } of changes) {
      const keys = parsePath(path);
      if (!keys || keys.some((key) => typeof key === 'number')) return '';
      const mark =
        kind === 'new'
          ? `# NEW (recommendation ${number})`
          : `# CHANGED from ${spell(from)} (recommendation ${number})`;
      if (!plant(root, keys.map(String), to, mark)) return '';
    }
  return `## Config preview\n\n\`\`\`yaml\n${lines(root, '').join('\n')}\n\`\`\``;
}

function plant(root: Branch, keys: readonly string[], to: ConfigValue, mark: string): boolean {
  let at = root;
  for (const key of keys.slice(0, -1)) {
    const next = at.children.get(key) ?? { children: new Map() };
    if (typeof next === 'string') return false;
    at.children.set(key, next);
    at = next;
  }
  at.children.set(keys.at(-1) as string, `${spell(to)}  ${mark}`);
  return true;
}

const PLAIN = /^[A-Za-z_][\w-]*$/u;

function lines(branch: Branch, indent: string): string[] {
  return [...branch.children].flatMap(([key, value]) => {
    const name =
      PLAIN.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/iu.test(key) ? key : JSON.stringify(key);
    return typeof value === 'string'
      ? [`${indent}${name}: ${value}`]
      : [`${indent}${name}:`, ...lines(value, `${indent}  `)];
  });
}
