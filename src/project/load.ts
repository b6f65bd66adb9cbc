import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readConfig } from '../config/document.ts';
import type * as z from 'zod';
import { projectError } from './errors.ts';
import type { ProjectFile } from './schema.ts';

export const PROJECT_FILE = 'pawl.yaml';

/** A loaded pawl.yaml and the folder it stands in. */
export interface Project {
  /** Absolute folder of pawl.yaml; every relative path in it starts here. */
  root: string;
  /** Absolute path of pawl.yaml. */
  file: string;
  settings: ProjectFile;
}

/** Finds pawl.yaml: in the folder (or at the file) named with --project, else from `cwd` upward. */
export async function findProject(cwd: string, named?: string): Promise<string> {
  if (named !== undefined) {
    const path = resolve(cwd, named);
    const info = await stat(path).catch(() => undefined);
    const file = info?.isDirectory() ? join(path, PROJECT_FILE) : path;
    if (await isFile(file)) return file;
    throw projectError(
      'PROJECT_NOT_FOUND',
      info ? `There is no ${PROJECT_FILE} in ${named}.` : `${named} does not exist.`,
      {
        file: named,
        remedy: `Run \`pawl init --project ${named}\`, or name another folder with --project.`,
      },
    );
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, PROJECT_FILE);
    if (await isFile(file)) return file;
    if (dirname(folder) === folder) break;
  }
  throw projectError('PROJECT_NOT_FOUND', `There is no ${PROJECT_FILE} in ${cwd} or above it.`, {
    remedy: 'Run `pawl init` in the folder of your training code, or name a folder with --project.',
  });
}

/** What `pawl plan` needs of a project. */
export interface PlanSources {
  root: string;
  baselineConfig: string;
  diagnostic: string | undefined;
  /** Whether changes reach the training otherwise than by its config file. */
  hasOverrides: boolean;
}

/**
 * Reads only the two places that a plan starts from. The whole schema is checked where more than reading is done, and
 * here when these places are not as they should be: loading it takes longer than the plan.
 */
export async function readPlanSources(file: string): Promise<PlanSources> {
  const { value } = await readConfig(file);
  const { baseline, diagnostic, overrides } = value;
  const hasOverrides = overrides !== undefined && overrides !== 'file';
  const config =
    typeof baseline === 'object' && baseline !== null && !Array.isArray(baseline)
      ? baseline['config']
      : undefined;
  if (typeof config === 'string' && (diagnostic === undefined || typeof diagnostic === 'string')) {
    return { root: dirname(file), baselineConfig: config, diagnostic, hasOverrides };
  }
  const { root, settings } = await loadProject(file);
  return { root, baselineConfig: settings.baseline.config, diagnostic: settings.diagnostic, hasOverrides };
}

/** Reads and checks pawl.yaml; a problem is said with its key and line. */
export async function loadProject(file: string): Promise<Project> {
  const document = await readConfig(file);
  const { projectSchema } = await import('./schema.ts');
  const result = projectSchema.safeParse(document.value);
  if (!result.success) {
    const issue = result.error.issues.map(closest)[0];
    const path = (issue?.path ?? []).map((key) => (typeof key === 'symbol' ? String(key) : key));
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    const at = unknown[0] === undefined ? path : [...path, unknown[0]];
    const where = at.length === 0 ? 'pawl.yaml' : `'${at.join('.')}'`;
    throw projectError(
      'PROJECT_INVALID',
      `${where}: ${describe(issue?.message ?? 'is not valid', unknown, path)}`,
      {
        file,
        line: lineNear(document.lineOf.bind(document), at),
        remedy: 'Correct it; `pawl init --help` and the configuration reference list every key.',
      },
    );
  }
  return { root: dirname(file), file, settings: result.data };
}

type Issue = z.core.$ZodIssue;

/** Of a key that takes several forms, what is wrong with the form that comes closest to what was written. */
function closest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const nearest = issue.errors
    .flatMap(([first]) => (first === undefined ? [] : [closest(first)]))
    // An object with an unknown key is nearer than a text where an object stands.
    .map((each) => ({ each, depth: each.path.length + (isOtherKind(each) ? 0 : 0.5) }))
    .sort((a, b) => b.depth - a.depth)[0]?.each;
  if (nearest === undefined || (isOtherKind(nearest) && nearest.path.length === 0)) return issue;
  return { ...nearest, path: [...issue.path, ...nearest.path] };
}

const isOtherKind = ({ code }: Issue): boolean => code === 'invalid_type' || code === 'invalid_value';

function describe(message: string, unknown: string[], path: readonly (string | number)[]): string {
  if (unknown.length === 0) return message;
  return `unknown key${path.length === 0 ? '' : ` in '${path.join('.')}'`}`;
}

function lineNear(
  lineOf: (path: readonly (string | number)[]) => number | undefined,
  path: readonly (string | number)[],
): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const line = lineOf(path.slice(0, depth));
    if (line !== undefined) return line;
  }
  return 1;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** Absolute path of a path written relative to the project. */
export function inProject(project: Pick<Project, 'root'>, path: string): string {
  return isAbsolute(path) ? path : join(project.root, path);
}

/** Absolute path of a place that Pawl writes to; refused outside the project. */
export function writableInProject(project: Pick<Project, 'root'>, path: string): string {
  const absolute = resolve(project.root, path);
  if (!isInside(project.root, absolute)) {
    throw projectError(
      'PROJECT_OUTSIDE',
      `${path} lies outside the project folder; Pawl writes only inside it.`,
      {
        file: path,
        remedy: 'Choose a place inside the project.',
      },
    );
  }
  return absolute;
}

export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}

/** Path relative to the project, with forward slashes; a path outside stays absolute. */
export function toProjectPath(project: Pick<Project, 'root'>, absolute: string): string {
  return isInside(project.root, absolute) ? relative(project.root, absolute).split(sep).join('/') : absolute;
}
