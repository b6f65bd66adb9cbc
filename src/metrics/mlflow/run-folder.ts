import { join, sep } from 'node:path';
import type { Member, PolledReader, Sink } from '../_contract.ts';
import { mergeSources, type MergeSource } from '../scalars/merge.ts';
import { ScalarQueue } from '../scalars/queue.ts';
import { FileTail } from '../tail.ts';
import { walk } from '../walk.ts';
import { MetricLines } from './metric-lines.ts';
import { SeriesRows } from './series.ts';

const METRICS = `metrics${sep}`;
/** Read of one file before the others get their turn. */
const TURN_BYTES = 65_536;

/** The files of a run's metrics, from what lies in its folder; none where it is no run's folder. */
export function metricFiles(listing: readonly string[]): string[] {
  if (!listing.includes('meta.yaml')) return [];
  return listing.filter((path) => path.startsWith(METRICS)).sort();
}

/** A run of MLflow's file store: one file a metric, merged by the time each value was logged. */
export class RunFolder implements PolledReader {
  readonly kind = 'polled';
  private readonly path: string;
  private readonly sink: Sink;
  private readonly rows: SeriesRows;
  private readonly metrics = new Map<string, MetricFile>();

  constructor(member: Member, sink: Sink) {
    this.path = member.path;
    this.sink = sink;
    this.rows = new SeriesRows(sink);
  }

  async poll(signal: AbortSignal, final: boolean): Promise<void | 'rewritten'> {
    const { files } = await walk(this.path);
    for (const path of metricFiles(files.map((file) => file.relative))) {
      if (this.metrics.has(path)) continue;
      // On Windows, too, the parts of a name are parted by slashes.
      const name = path.slice(METRICS.length).split(sep).join('/');
      this.metrics.set(path, new MetricFile(join(this.path, path), name, this.sink, this.rows));
    }
    const metrics = [...this.metrics.values()];
    if ((await mergeSources(metrics, signal)) === 'rewritten') return 'rewritten';
    if (final && !signal.aborted) for (const metric of metrics) metric.end();
    if (final) await mergeSources(metrics, signal);
    this.rows.flush();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class MetricFile implements MergeSource {
  readonly queue = new ScalarQueue();
  private readonly name: string;
  private readonly tail: FileTail;
  private readonly lines: MetricLines;
  private readonly rows: SeriesRows;

  constructor(path: string, name: string, sink: Sink, rows: SeriesRows) {
    this.name = name;
    this.rows = rows;
    this.tail = new FileTail(path);
    this.lines = new MetricLines(sink, name, (step, value, ms) => this.queue.push(0, step, value, ms));
  }

  async fill(): Promise<'more' | 'ended' | 'rewritten'> {
    const state = await this.tail.read((bytes) => this.lines.push(bytes), TURN_BYTES);
    if (state === 'rewritten') return state;
    return state === 'grown' ? 'more' : 'ended';
  }

  take(_tag: number, step: number, value: number, ms: number): void {
    this.rows.put(this.name, step, value, ms);
  }

  end(): void {
    this.lines.end();
  }
}
