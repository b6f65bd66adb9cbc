import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { PawlError } from '../errors.ts';
import type { Project } from '../project/load.ts';
import { mcpError } from './errors.ts';

/** Where the server works and what it starts. Given by who starts it, never by a request. */
export interface Place {
  cwd: string;
  /** The project named on the command line of the server. */
  project: string | undefined;
  /** The command that runs Pawl, such as [node, bin/pawl]. */
  pawl: readonly [string, ...string[]];
  version: string;
}

export async function projectOf(place: Place): Promise<Project> {
  const { findProject, loadProject } = await import('../project/load.ts');
  return loadProject(await findProject(place.cwd, place.project));
}

/** The folder that requests may name files in: the project's, or the server's own where there is no project. */
async function rootOf(place: Place): Promise<string> {
  const { findProject } = await import('../project/load.ts');
  try {
    return dirname(await findProject(place.cwd, place.project));
  } catch (error) {
    if (error instanceof PawlError && error.code === 'PROJECT_NOT_FOUND') return place.cwd;
    throw error;
  }
}

/** The absolute path of a file that a request names; symbolic links are followed before it is judged. */
export async function insidePath(place: Place, named: string): Promise<string> {
  const root = await realpath(await rootOf(place));
  const path = await realDeep(resolve(root, named));
  const way = relative(root, path);
  if (named.includes('\0') || way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way) {
    throw mcpError('MCP_PATH_OUTSIDE', `'${named}' lies outside the project.`, {
      remedy: `Name a file below ${root}, relative to it.`,
    });
  }
  return path;
}

/** `realpath` of the part that exists, with the rest put behind it. */
async function realDeep(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realDeep(parent), basename(path));
  }
}
