import type { Rule } from './rule.ts';
import { SCHEMA } from './schema.ts';

/** Every config key with what it may hold and its default, section by section, for `--help`. */
export function keyReference(): string {
  const sections = Object.entries(SCHEMA).map(([section, rules]: [string, Record<string, Rule<unknown>>]) => {
    const keys = Object.entries(rules).map(([key, { expected, fallback }]) => {
      const usual = fallback === undefined ? 'required' : `default ${JSON.stringify(fallback)}`;
      return `  ${`${section}.${key}`.padEnd(26)} ${expected}; ${usual}\n`;
    });
    return keys.join('');
  });
  return `\nConfig keys (others are ignored with a warning):\n${sections.join('')}`;
}
