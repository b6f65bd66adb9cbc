import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { MetricFormat } from './_contract.ts';
import { findCandidates, type Candidate } from './candidates.ts';
import { detectFormat } from './detect.ts';
import { choiceOf } from './read.ts';
import { loadFormat } from './registry.ts';
import { isAddress, takeSample } from './sample.ts';

/** Where a log is expected. Any of them may not exist yet. */
export interface FollowPlace {
  /** A log file, or a folder in which one will appear. */
  path?: string | undefined;
  /** The training's captured output: read where `path` brings nothing to light. */
  stdout?: string | undefined;
  /** Files last written before this moment are left over from another run and are passed over, ms. */
  sinceMs?: number | undefined;
}

export interface Found {
  path: string;
  format: MetricFormat;
}

/** Sure enough to begin reading a file that has only just begun. */
const SURE = 0.45;
const ENOUGH = 0.3;
const RELIABLE_BYTES = 4096;
/** A log in a folder that is better by this much replaces the one being read. */
const BETTER = 0.05;

/** Decides which file to read, again and again while files appear. */
export class Finder {
  /** The folders in which something may appear. */
  folders: string[] = [];
  /** The only files in them that matter; absent: any may. */
  names: ReadonlySet<string> | undefined;
  private readonly place: FollowPlace;
  private readonly format: string | undefined;
  private readonly onWarning: (text: string) => void;
  private nextSearchAt = 0;
  /** Size of the file when its format was recognized. */
  private recognizedAt = 0;

  constructor(place: FollowPlace, format: string | undefined, onWarning: (text: string) => void) {
    this.place = place;
    this.format = format;
    this.onWarning = onWarning;
  }

  /** The file to read, given the one being read. `final`: no more time to become surer. */
  async find(current: Found | undefined, final: boolean): Promise<Found | undefined> {
    const { path, stdout } = this.place;
    const status = path === undefined ? undefined : await stat(path).catch(() => undefined);
    this.folders = [path, stdout].flatMap((place) => (place === undefined ? [] : [dirname(place)]));
    const files = [path, stdout].filter((file) => file !== undefined);
    // Folders on the way to a file that is not there yet must be seen to appear.
    const isNamed = status !== undefined && !status.isDirectory();
    this.names = isNamed ? new Set(files.map((file) => basename(file))) : undefined;
    let found: Found | undefined;
    if (path !== undefined && isAddress(path)) found = current ?? (await this.inFile(path, final));
    else if (path !== undefined && status?.isDirectory() === true)
      found = await this.inFolder(path, current, final);
    else if (path !== undefined && status && status.mtimeMs >= (this.place.sinceMs ?? 0)) {
      const isSettled = current?.path === path && !final && !this.hasOutgrown(status.size);
      found = isSettled
        ? current
        : ((await this.inFile(path, final)) ?? (current?.path === path ? current : undefined));
    }
    return found ?? (await this.inOutput(current, final));
  }

  /** The format of what was written anew; undefined for a folder, which stays what it is. */
  async again(path: string, final: boolean): Promise<Found | undefined> {
    const status = isAddress(path) ? undefined : await stat(path).catch(() => undefined);
    return status?.isFile() === true ? this.inFile(path, final) : undefined;
  }

  private async inFile(path: string, final: boolean): Promise<Found | undefined> {
    if (this.format !== undefined) return { path, format: await loadFormat(this.format) };
    const sample = await takeSample(path);
    this.recognizedAt = sample.size;
    const best = await detectFormat(sample);
    return best && best.confidence >= (final ? ENOUGH : SURE) ? { path, format: best.format } : undefined;
  }

  /** A format recognized by a line or two is looked at again when there are more. */
  private hasOutgrown(size: number): boolean {
    return this.recognizedAt < RELIABLE_BYTES && size >= 2 * this.recognizedAt;
  }

  private async inFolder(
    folder: string,
    current: Found | undefined,
    final: boolean,
  ): Promise<Found | undefined> {
    this.folders = [folder, ...this.folders, ...(current ? [dirname(current.path)] : [])];
    const begun = performance.now();
    // Looking through a large folder must not become the main work.
    if (!final && begun < this.nextSearchAt) return current;
    const { ranked } = await findCandidates(
      folder,
      this.format === undefined ? undefined : await loadFormat(this.format),
    );
    const tookMs = performance.now() - begun;
    const isSettled = current !== undefined && current.path !== this.place.stdout;
    this.nextSearchAt = begun + (isSettled ? Math.max(2000, 50 * tookMs) : Math.max(100, 10 * tookMs));
    const fresh = ranked.filter(({ mtimeMs }) => mtimeMs >= (this.place.sinceMs ?? 0));
    const [best] = fresh;
    const reading = fresh.find(({ path }) => path === current?.path);
    if (!best || (reading && best.score <= reading.score + BETTER)) return reading ?? best ?? current;
    this.say(best, fresh);
    return best;
  }

  private async inOutput(current: Found | undefined, final: boolean): Promise<Found | undefined> {
    const { stdout } = this.place;
    if (stdout === undefined) return current;
    if (current?.path === stdout) return current;
    const status = await stat(stdout).catch(() => undefined);
    if (!status || (status.size === 0 && !final)) return current;
    return { path: stdout, format: await loadFormat('stdout') };
  }

  private say(best: Candidate, all: readonly Candidate[]): void {
    if (all.length > 1)
      this.onWarning(
        choiceOf(
          best,
          all.filter((other) => other !== best),
        ),
      );
  }
}
