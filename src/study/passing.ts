import type { ConfigDocument } from '../config/_contract.ts';
import type { OverrideContext, Passed } from '../config/overrides/_contract.ts';
import { passChanges, styleNamed } from '../config/overrides/registry.ts';
import type { ConfigMapping } from '../config/value.ts';
import type { Project } from '../project/load.ts';
import type { ProjectFile } from '../project/schema.ts';
import { readDeclaredFlags } from './declared-flags.ts';

/** How the project's changes reach its training. */
export interface Passing {
  /** Whether the config file itself brings them. */
  isFile: boolean;
  /** What a training that reads `base` is given so that it trains with `target`. */
  pass: (base: ConfigDocument, target: ConfigMapping) => Passed;
}

export function isFileStyle({ overrides }: Pick<ProjectFile, 'overrides'>): boolean {
  return (typeof overrides === 'string' ? overrides : overrides.style) === 'file';
}

/** Reads what the style needs to know: for `argparse` the flags that the script declares (read, never run). */
export async function openPassing(project: Project, command: readonly string[]): Promise<Passing> {
  const { overrides } = project.settings;
  const given = typeof overrides === 'string' ? undefined : overrides;
  const style = styleNamed(typeof overrides === 'string' ? overrides : overrides.style);
  const context: OverrideContext = {
    names: new Map(Object.entries(given?.names ?? {})),
    values: given?.values,
    prefix: given?.prefix ?? '',
    separator: given?.separator ?? '_',
    flags: style.name === 'argparse' ? await readDeclaredFlags(project, command) : null,
  };
  return {
    isFile: style.name === 'file',
    pass: (base, target) => passChanges(style, base, target, context),
  };
}
