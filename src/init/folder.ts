import type { ConfigMapping } from '../config/value.ts';
import type { Point } from '../metrics/_contract.ts';

/** A folder as a proposal is made from it: what lies in it and what was read of it. No file system behind it. */
export interface Folder {
  /** Its own name. */
  name: string;
  /** The nearest first; paths relative, with forward slashes. */
  files: readonly FolderFile[];
  /** Whether there was more than was looked at. */
  isCut: boolean;
  /** Texts of scripts, Makefiles, READMEs and the like. */
  texts: ReadonlyMap<string, string>;
  configs: readonly FoundConfig[];
  /** Logs of earlier runs. */
  runs: readonly FoundRun[];
  reports: readonly FoundReport[];
  /** How Python is started here: `python`, `uv run python`. */
  python: readonly string[];
}

export interface FolderFile {
  path: string;
  size: number;
  mtimeMs: number;
}

/** A file that reads as a mapping of settings. */
export interface FoundConfig {
  path: string;
  value: ConfigMapping;
  /** Its first lines, for what stands in comments. */
  head?: string;
}

export interface FoundRun {
  /** The log. */
  path: string;
  format: string;
  /** Names of its metrics. */
  metrics: readonly string[];
  points: readonly Point[];
  mtimeMs: number;
}

export interface FoundReport {
  path: string;
  target: { value: number; unit: '%' | null; metric: string | null; line: number | null } | null;
  /** Whether it names a root cause or a recommendation: it is what `pawl plan` reads. */
  isDiagnosis: boolean;
}

/** Folder part of a path; `.` for files at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Name without its last extension, in lower case. */
export function stemOf(path: string): string {
  return nameOf(path)
    .replace(/\.[^.]+$/, '')
    .toLowerCase();
}

/** `./a//b/../c` as `a/c`; undefined where it leads out of the folder. */
export function normalize(path: string): string | undefined {
  const parts: string[] = [];
  if (path.startsWith('/')) return undefined;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  return parts.join('/');
}
