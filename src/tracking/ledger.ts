import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const line = z.union([
  z.object({ key: z.string(), revision: z.string() }),
  z.object({ key: z.string(), artifact: z.string(), hash: z.string() }),
  z.object({ problem: z.string().nullable(), at: z.number() }),
  z.object({ note: z.string() }),
]);
type Line = z.output<typeof line>;

/** What kept a tracker from taking what it was sent, since when. */
export interface Problem {
  message: string;
  at: number;
}

/**
 * What of a study has arrived at one tracker, on disk: `.pawl/tracking/<study>/<tracker>.jsonl`. Written after the tracker
 * has confirmed, so that it may lag behind what happened but never runs ahead: what it does not name is compared with the
 * tracker before anything is sent again.
 */
export class Ledger {
  readonly #file: string;
  readonly #revisions = new Map<string, string>();
  readonly #artifacts = new Map<string, string>();
  readonly #notes = new Set<string>();
  #problem: Problem | null = null;
  #isCut = false;

  /** Reads what is there; nothing is made before there is something to write. */
  constructor(folder: string, study: string, tracker: string) {
    this.#file = join(folder, study, `${tracker}.jsonl`);
    const text = readIfThere(this.#file);
    this.#isCut = text !== '' && !text.endsWith('\n');
    for (const each of text.split('\n')) this.#apply(parse(each));
  }

  revision(key: string): string | undefined {
    return this.#revisions.get(key);
  }

  hasArtifact(key: string, name: string, hash: string): boolean {
    return this.#artifacts.get(`${key}\n${name}`) === hash;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Things that the tracker could not take. */
  get notes(): string[] {
    return [...this.#notes];
  }

  arrived(key: string, revision: string): void {
    if (this.#revisions.get(key) !== revision) this.#write({ key, revision });
  }

  attached(key: string, artifact: string, hash: string): void {
    this.#write({ key, artifact, hash });
  }

  /** null: there is none any more. */
  setProblem(problem: string | null, at: number): void {
    if ((this.#problem?.message ?? null) !== problem) this.#write({ problem, at });
  }

  /** Returns whether it is new. */
  note(note: string): boolean {
    if (this.#notes.has(note)) return false;
    this.#write({ note });
    return true;
  }

  #write(what: Line): void {
    this.#apply(what);
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, `${this.#isCut ? '\n' : ''}${JSON.stringify(what)}\n`);
    this.#isCut = false;
  }

  #apply(what: Line | undefined): void {
    if (what === undefined) return;
    if ('revision' in what) this.#revisions.set(what.key, what.revision);
    else if ('artifact' in what) this.#artifacts.set(`${what.key}\n${what.artifact}`, what.hash);
    else if ('note' in what) this.#notes.add(what.note);
    else this.#problem = what.problem === null ? null : { message: what.problem, at: what.at };
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** A line that a kill has cut is as good as not written. */
function parse(text: string): Line | undefined {
  if (text === '') return undefined;
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
