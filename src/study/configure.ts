import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { ConfigDocument, ConfigEdit } from '../config/_contract.ts';
import { diffValues } from '../config/diff.ts';
import { editConfig, parseConfig } from '../config/document.ts';
import { equalValues } from '../config/lookup.ts';
import { formatPath, parsePath } from '../config/path.ts';
import type { Change } from '../diagnosis/types.ts';
import { isInside, toProjectPath, writableInProject, type Project } from '../project/load.ts';
import { studyError } from './errors.ts';
import { findEarlyStopping, findEpochLimit, isRegularizing } from './epochs.ts';
import { hashValue } from './hash.ts';

const DEFAULT_EXTENSION = 2.5;

/** Longer training as a change of its own, or undefined where it is not called for. */
export function extendTraining(
  base: ConfigDocument,
  changes: readonly Change[],
  setting: boolean | number,
  baseline: { bestEpoch: number; epochs: number } | null,
): Change | undefined {
  if (setting === false) return undefined;
  const limit = findEpochLimit(base.value);
  const stopping = findEarlyStopping(base.value);
  if (!limit || !stopping) return undefined;
  const path = formatPath(limit.path);
  if (changes.some((change) => change.path === path)) return undefined;
  const improvesLate = baseline !== null && baseline.bestEpoch > baseline.epochs * 0.75;
  const regularizing = changes.filter(isRegularizing);
  if (!improvesLate && regularizing.length === 0) return undefined;
  const factor = typeof setting === 'number' ? setting : DEFAULT_EXTENSION;
  const why = improvesLate
    ? `the baseline was still improving at epoch ${baseline.bestEpoch} of ${baseline.epochs}; early stopping ends it when it is done`
    : `learning gets slower with ${regularizing.map((change) => change.path).join(', ')}; early stopping ends it when it is done`;
  return {
    path,
    kind: 'changed',
    from: limit.value,
    to: Math.ceil(limit.value * factor),
    recommendation: null,
    line: null,
    why: `extended training: ${why}`,
  };
}

export function toEdits(changes: readonly Change[]): ConfigEdit[] {
  return changes.map((change) => {
    const path = parsePath(change.path);
    if (!path) throw new Error(`not a path: ${change.path}`);
    const by = change.recommendation === null ? '' : ` (recommendation ${change.recommendation})`;
    return { path, kind: change.kind, value: change.to, why: `${change.why}${by}` };
  });
}

/** Name of an iteration's config: beside the config it is made from, so that relative paths in it still hold. */
export function optimizedConfigName(project: Project, baselineConfig: string, iteration: number): string {
  const folder = dirname(baselineConfig);
  const name = `optimization_config${iteration === 1 ? '' : `_${iteration}`}${extname(baselineConfig)}`;
  return isInside(project.root, folder)
    ? join(folder, name)
    : writableInProject(project, join(project.settings.out, name));
}

/** Name of the config of a baseline that is measured as the optimized trial is: beside that one's. */
export function baselineConfigName(optimized: string): string {
  return join(dirname(optimized), `optimization_baseline${extname(optimized)}`);
}

/**
 * Steps 2 and 3a: writes the edited config and proves that it reads back as the base with exactly these changes.
 * A file of that name that says something else is kept beside it; `say` hears of it.
 */
export async function writeEdited(
  project: Project,
  base: ConfigDocument,
  changes: readonly Change[],
  target: string,
  say: (note: string) => void,
): Promise<{ config: string; configHash: string }> {
  const file = writableInProject(project, target);
  const edited = editConfig(base, toEdits(changes));
  // Small files: by themselves they are written sooner than the thread pool would come to them.
  mkdirSync(dirname(file), { recursive: true });
  const former = textOf(file);
  if (former !== undefined && former !== edited.text) {
    const kept = await setAside(file);
    say(`${toProjectPath(project, file)} existed and differs; it is kept as ${basename(kept)}.`);
  }
  if (former !== edited.text) replaceFile(file, edited.text);
  if (edited.sidecar !== null) replaceFile(`${file}.changes.md`, edited.sidecar);

  const written = await parseConfig(readFileSync(file, 'utf8'), file);
  const stray = strayPaths(
    diffValues(base.value, written.value).map(({ path }) => formatPath(path)),
    toEdits(changes).map(({ path }) => formatPath(path)),
  );
  const isEqual = equalValues(written.value, edited.document.value);
  if (!isEqual || stray.length > 0) {
    throw studyError('CONFIG_NOT_AS_PLANNED', `${file} does not read back as planned.`, {
      file,
      remedy: 'This is a bug in Pawl; please report it with the config. Nothing was trained.',
    });
  }
  return { config: toProjectPath(project, file), configHash: hashValue(written.value) };
}

/** Paths that differ and that no planned path explains: itself, what it holds, or what holds it. A list differs as a whole. */
export function strayPaths(differing: readonly string[], planned: readonly string[]): string[] {
  const holds = (outer: string, inner: string): boolean =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return differing.filter((path) => !planned.some((each) => holds(each, path) || holds(path, each)));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/** Moves a file aside under the next free `.previous-N` name. */
export async function setAside(file: string): Promise<string> {
  const extension = extname(file);
  for (let n = 1; ; n++) {
    const kept = `${file.slice(0, file.length - extension.length)}.previous-${n}${extension}`;
    const isTaken = await readFile(kept).then(
      () => true,
      () => false,
    );
    if (isTaken) continue;
    await rename(file, kept);
    return kept;
  }
}

export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}
