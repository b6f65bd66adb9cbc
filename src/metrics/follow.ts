import type { Curve } from './_contract.ts';
import type { IndexedPoint } from './curve-builder.ts';
import { Finder, type FollowPlace, type Found } from './finder.ts';
import { Publisher } from './publisher.ts';
import { openSource, type CurveSource } from './source.ts';
import { FolderWatch } from './watch.ts';

export interface FollowOptions extends FollowPlace {
  /** Name of a format; absent: detected. */
  format?: string | undefined;
  /** Ends the following without a final reading. */
  signal?: AbortSignal | undefined;
  /**
   * New and changed points, with their positions in the curve. `isReplaced`: what was given before is void, and `points`
   * is the whole curve.
   */
  onPoints: (points: IndexedPoint[], isReplaced: boolean) => void;
  onWarning?: ((text: string) => void) | undefined;
  /** Between looks where the system reports no changes. */
  pollMs?: number | undefined;
}

/** A log being followed. */
export interface Follower {
  /** The file that is read; undefined until there is one. */
  readonly file: string | undefined;
  /** The curve so far; undefined until there is a file. */
  curve(): Curve | undefined;
  /** Reads everything to the end, publishes it, and ends. Undefined where no log ever appeared. */
  finish(): Promise<Curve | undefined>;
  /** Ends without reading on. */
  close(): Promise<void>;
}

/** Between two readings at least: a trainer that prints a thousand lines a second is not answered one by one. */
const PAUSE_MS = 20;
/** More of it for each further log that this process follows, so that a hundred of them take no core of their own. */
const SHARE_MS = 3;
const LONGEST_PAUSE_MS = 500;
const POLL_MS = 400;

/** Logs being followed in this process. */
let followed = 0;

/** Follows a log that may not exist yet, from its beginning, until `finish` or `close`. */
export function followCurve(options: FollowOptions): Follower {
  return new LogFollower(options);
}

class LogFollower implements Follower {
  private readonly options: FollowOptions;
  private readonly finder: Finder;
  private readonly watch: FolderWatch;
  private readonly abort = new AbortController();
  private readonly publisher = new Publisher();
  private readonly warned = new Set<string>();
  private source: CurveSource | undefined;
  private running: Promise<void> = Promise.resolve();
  private isRunning = false;
  private isDue = false;
  private isClosed = false;
  private isFinishing = false;
  private wake: (() => void) | undefined;

  private readonly onAbort = (): void => {
    void this.close();
  };

  constructor(options: FollowOptions) {
    followed++;
    this.options = options;
    this.finder = new Finder(options, options.format, (text) => this.warn(text));
    this.watch = new FolderWatch(Math.min(options.pollMs ?? POLL_MS, 500), () => this.look());
    options.signal?.addEventListener('abort', this.onAbort, { once: true });
    if (options.signal?.aborted === true) void this.close();
    else this.look();
  }

  get file(): string | undefined {
    return this.source?.path;
  }

  curve(): Curve | undefined {
    const curve = this.source?.curve();
    curve?.warnings.unshift(...this.warned);
    return curve;
  }

  async finish(): Promise<Curve | undefined> {
    if (this.isClosed) return this.curve();
    this.isFinishing = true;
    this.watch.close();
    this.wake?.();
    await this.running;
    try {
      if (!this.isClosed) await this.advance(true);
    } finally {
      await this.close();
    }
    return this.curve();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    followed--;
    this.options.signal?.removeEventListener('abort', this.onAbort);
    this.watch.close();
    this.abort.abort();
    this.wake?.();
    await this.running;
    await this.source?.close();
  }

  /** Something may have happened. */
  private look(): void {
    this.isDue = true;
    if (this.isRunning || this.isClosed) return;
    this.isRunning = true;
    this.running = this.run().finally(() => {
      this.isRunning = false;
    });
  }

  private async run(): Promise<void> {
    while (this.isDue && !this.isClosed && !this.isFinishing) {
      this.isDue = false;
      try {
        await this.advance(false);
      } catch (error) {
        // It may pass (a file half replaced, a share gone for a moment); if it does not, `finish` meets it again.
        this.warn(error instanceof Error ? error.message : String(error));
      }
      this.watch.watch(this.finder.folders, this.finder.names);
      await this.pause();
    }
  }

  private async advance(final: boolean): Promise<void> {
    const found = await this.finder.find(this.source, final);
    if (found && (found.path !== this.source?.path || found.format !== this.source.format))
      await this.begin(found);
    const { source } = this;
    if (!source) return;
    const { builder } = source;
    const hasNews = await source.advance(final, this.abort.signal);
    // What was written anew may be in another format now.
    const again = source.builder === builder ? undefined : await this.finder.again(source.path, final);
    if (again && again.format !== source.format) {
      await this.begin(again);
      await this.source?.advance(final, this.abort.signal);
    } else if (!hasNews) return;
    const publication = this.source && this.publisher.publish(this.source.builder, final);
    if (publication && !this.abort.signal.aborted)
      this.options.onPoints(publication.points, publication.isReplaced);
  }

  private async begin({ path, format }: Found): Promise<void> {
    await this.source?.close();
    this.source = await openSource(path, format, (text) => this.options.onWarning?.(text));
  }

  private async pause(): Promise<void> {
    if (this.isClosed || this.isFinishing) return;
    await new Promise<void>((resolve) => {
      const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(PAUSE_MS, SHARE_MS * followed));
      const timer = setTimeout(resolve, pauseMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }

  private warn(text: string): void {
    if (this.warned.has(text)) return;
    this.warned.add(text);
    this.options.onWarning?.(text);
  }
}
