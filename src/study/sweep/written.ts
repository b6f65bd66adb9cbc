import { parseConfig, readConfig } from '../../config/document.ts';
import type { ConfigDocument } from '../../config/_contract.ts';
import { getAt, isMapping } from '../../config/lookup.ts';
import type { ConfigPath } from '../../config/path.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import { PawlError } from '../../errors.ts';
import type { Project } from '../../project/load.ts';
import type { Place } from '../../search/space/place.ts';
import { readTextFile } from '../text-file.ts';

/** A search as somebody wrote it down. */
export interface WrittenSearch {
  value: ConfigValue;
  place: Place;
  /** For people: `pawl.yaml`, `space.yaml`, `diagnostic_report.md`. */
  source: string;
  kind: 'file' | 'project' | 'report';
}

const SPACE_KEY =
  /^(?:search_?space|hyper_?parameter_?space|space|param(?:eter)?s?|param_(?:grid|distributions)|grid)$/i;
const METHOD_KEY = /^(?:method|sampler|algorithm|strategy|n_trials|num_trials|max_trials)$/i;
const MOST_DEPTH = 4;

/** A search in a file of its own, also below headings that nobody foresaw. */
export async function searchInFile(file: string): Promise<WrittenSearch> {
  const document = await readConfig(file);
  const path = findSearch(document.value, true) ?? [];
  return { ...at(document, path, file), source: file, kind: 'file' };
}

/** `sweep:` of pawl.yaml, where it holds a space. */
export async function searchInProject(project: Project): Promise<WrittenSearch | undefined> {
  const { sweep } = project.settings;
  if (sweep?.space === undefined && sweep?.search_space === undefined) return undefined;
  const document = await readConfig(project.file);
  const key = sweep.space === undefined ? 'search_space' : 'space';
  const value = getAt(document.value, ['sweep', key]);
  if (value === undefined) return undefined;
  const place: Place = {
    file: project.file,
    lineOf: (path) => document.lineOf(['sweep', key, ...path]),
  };
  return { value, place, source: 'pawl.yaml', kind: 'project' };
}

/** The block of a diagnosis that spells out a comprehensive tuning: a fenced YAML, JSON or TOML block with a search space. */
export async function searchInReport(file: string, shown: string): Promise<WrittenSearch | undefined> {
  const text = await readTextFile(file);
  for (const { language, body, line } of fencesOf(text)) {
    const format = /^json/i.test(language) ? 'json' : /^toml/i.test(language) ? 'toml' : 'yaml';
    if (language !== '' && !/^(?:ya?ml|jsonc?|toml)$/i.test(language)) continue;
    let document: ConfigDocument;
    try {
      document = await parseConfig(body, `block.${format}`);
    } catch (error) {
      if (error instanceof PawlError) continue;
      throw error;
    }
    const path = findSearch(document.value, false);
    if (!path) continue;
    const written = at(document, path, shown);
    const lineOf = (inner: ConfigPath): number | undefined => {
      const own = document.lineOf([...path, ...inner]);
      return own === undefined ? undefined : own + line;
    };
    return { ...written, place: { file: shown, lineOf }, source: `${shown}:${line + 1}`, kind: 'report' };
  }
  return undefined;
}

/** Where in a document a search stands. `isSpaceOnly`: the document is about nothing else, so a bare space will do. */
function findSearch(value: ConfigMapping, isSpaceOnly: boolean): ConfigPath | undefined {
  let level: { path: ConfigPath; value: ConfigMapping }[] = [{ path: [], value }];
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++) {
    const found = level.find((each) => isSearch(each.value, isSpaceOnly));
    if (found) return found.path;
    level = level.flatMap(({ path, value: mapping }) =>
      Object.entries(mapping).flatMap(([key, child]) =>
        isMapping(child) ? [{ path: [...path, key], value: child }] : [],
      ),
    );
  }
  return undefined;
}

function isSearch(value: ConfigMapping, isSpaceOnly: boolean): boolean {
  const keys = Object.keys(value);
  const space = keys.find((key) => SPACE_KEY.test(key) && isMapping(value[key]));
  if (space === undefined) return false;
  const isNamed = /space|grid|distributions/i.test(space);
  return isNamed || isSpaceOnly || keys.some((key) => METHOD_KEY.test(key));
}

function at(
  document: ConfigDocument,
  path: ConfigPath,
  file: string,
): Pick<WrittenSearch, 'value' | 'place'> {
  return {
    value: getAt(document.value, path) ?? document.value,
    place: { file, lineOf: (inner) => document.lineOf([...path, ...inner]) },
  };
}

function* fencesOf(text: string): Generator<{ language: string; body: string; line: number }> {
  const lines = text.split(/\r?\n/);
  for (let start = 0; start < lines.length; start++) {
    const open = /^(\s*)(`{3,}|~{3,})\s*([\w+-]*)/.exec(lines[start] as string);
    if (!open) continue;
    const [, indent = '', fence = '', language = ''] = open;
    let end = start + 1;
    while (end < lines.length && !(lines[end] as string).trim().startsWith(fence)) end++;
    const body = lines
      .slice(start + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    yield { language, body: body.join('\n'), line: start + 1 };
    start = end;
  }
}
