import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { InputError, messageOf } from './error.ts';
import type { Rule } from './rule.ts';
import { SCHEMA } from './schema.ts';
import type { TrainerConfig } from './schema.ts';

export interface LoadedConfig {
  config: TrainerConfig;
  /** Keys that were ignored, each as one sentence. */
  warnings: string[];
}

export function loadConfig(file: string): LoadedConfig {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`Cannot read the config ${file}: ${messageOf(error)}`);
  }
  return parseConfig(source, file);
}

/** Reads a YAML (or JSON) config: wrong values are refused, all at once; unknown keys only warn. */
export function parseConfig(source: string, file: string): LoadedConfig {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) throw new InputError(`${file}: ${broken.message}`);
  const root: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isMapping(root))
    throw new InputError(
      `${file}: the config must be a mapping of sections (${Object.keys(SCHEMA).join(', ')}).`,
    );

  const where = (...path: string[]): string => `${file}:${lineOf(document, lines, path)}`;
  const problems: string[] = [];
  const warnings = unknownKeys(root, SCHEMA).map(
    (key) => `${where(key)}: unknown section '${key}' is ignored.`,
  );
  const config = Object.fromEntries(
    Object.entries(SCHEMA).map(([section, rules]: [string, Record<string, Rule<unknown>>]) => {
      const given = root[section] ?? {};
      if (!isMapping(given)) {
        problems.push(
          `${where(section)}: '${section}' must be a mapping of keys. Got ${show(given)} instead.`,
        );
        return [section, {}];
      }
      warnings.push(
        ...unknownKeys(given, rules).map(
          (key) => `${where(section, key)}: unknown key '${section}.${key}' is ignored.`,
        ),
      );
      return [section, readSection(section, given, rules, (key) => where(section, key), problems)];
    }),
  );
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  return { config: config as TrainerConfig, warnings };
}

function readSection(
  section: string,
  given: Record<string, unknown>,
  rules: Record<string, Rule<unknown>>,
  where: (key: string) => string,
  problems: string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, rule] of Object.entries(rules)) {
    const raw = Object.hasOwn(given, key) ? given[key] : undefined;
    const value = raw === undefined ? rule.fallback : rule.read(raw);
    if (value !== undefined) values[key] = value;
    else if (raw === undefined)
      problems.push(`${where(key)}: '${section}.${key}' is required (${rule.expected}).`);
    else
      problems.push(`${where(key)}: '${section}.${key}' must be ${rule.expected}. Got ${show(raw)} instead.`);
  }
  return values;
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownKeys = (given: object, known: object): string[] =>
  Object.keys(given).filter((key) => !Object.hasOwn(known, key));

const show = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value));

/** 1-based line of the key of the deepest part of `path` that exists. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly string[]): number {
  let line = 1;
  let node: unknown = document.contents;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    if (pair === undefined) break;
    if (isScalar(pair.key) && pair.key.range) line = lines.linePos(pair.key.range[0]).line;
    node = pair.value;
  }
  return line;
}
