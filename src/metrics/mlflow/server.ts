import type { Member, PolledReader, Sink } from '../_contract.ts';
import { mergeSources, type MergeSource } from '../scalars/merge.ts';
import { ScalarQueue } from '../scalars/queue.ts';
import { parseAddress, type ServerAddress } from './address.ts';
import { TrackingClient, type LoggedMetric } from './client.ts';
import { SeriesRows } from './series.ts';

/** Between two looks at a server that others use too. */
const INTERVAL_MS = 5000;

interface History {
  /** Values read so far. */
  count: number;
  /** The latest value, as the run's summary had it when they were read. */
  latest: string;
}

/** One run on an MLflow tracking server: the one that is named, else the newest. */
export class ServerReader implements PolledReader {
  readonly kind = 'polled';
  private readonly address: ServerAddress;
  private readonly client: TrackingClient;
  private readonly sink: Sink;
  private readonly rows: SeriesRows;
  private readonly histories = new Map<string, History>();
  private run: string | undefined;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(member: Member, sink: Sink) {
    this.address = parseAddress(member.path);
    this.client = new TrackingClient(this.address);
    this.sink = sink;
    this.rows = new SeriesRows(sink);
  }

  async poll(signal: AbortSignal, final: boolean): Promise<void | 'rewritten'> {
    if (!final && performance.now() - this.askedAt < INTERVAL_MS) return;
    this.askedAt = performance.now();
    const id = this.address.run ?? (await this.newest(signal));
    if (id !== undefined) {
      if (this.run !== undefined && this.run !== id) return 'rewritten';
      this.run = id;
      if ((await this.read(id, signal)) === 'rewritten') return 'rewritten';
    }
    this.rows.flush();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async read(id: string, signal: AbortSignal): Promise<void | 'rewritten'> {
    const { data } = await this.client.run(id, signal);
    const sources: ServerHistory[] = [];
    for (const { key, value, timestamp, step } of data?.metrics ?? []) {
      const latest = `${timestamp} ${step} ${value}`;
      const history = this.histories.get(key) ?? { count: 0, latest: '' };
      this.histories.set(key, history);
      if (history.latest === latest) continue;
      history.latest = latest;
      const pages = this.client.history(id, key, signal);
      sources.push(new ServerHistory(key, history, pages, this.rows));
    }
    return mergeSources(sources, signal);
  }

  private async newest(signal: AbortSignal): Promise<string | undefined> {
    const runs = await this.client.newestRuns(this.address.experiment, signal);
    const found = runs.find(({ data }) => (data?.metrics ?? []).length > 0) ?? runs[0];
    if (found && runs.length > 1 && this.run === undefined) {
      const { run_id: id, run_name: name } = found.info;
      const message = `took the run '${name ?? ''}' (${id}), the newest on the server; name another as mlflow:${this.address.base}/RUN_ID`;
      this.sink.warn({ kind: 'which-run', message });
    }
    return found?.info.run_id;
  }
}

/** What is new of one metric. */
class ServerHistory implements MergeSource {
  readonly queue = new ScalarQueue();
  private readonly key: string;
  private readonly history: History;
  private readonly pages: AsyncGenerator<LoggedMetric[]>;
  private readonly rows: SeriesRows;
  private known: number;

  constructor(key: string, history: History, pages: AsyncGenerator<LoggedMetric[]>, rows: SeriesRows) {
    this.key = key;
    this.history = history;
    this.pages = pages;
    this.rows = rows;
    this.known = history.count;
  }

  async fill(): Promise<'more' | 'ended'> {
    const page = await this.pages.next();
    if (page.done === true) return 'ended';
    for (const { step, value, timestamp } of page.value) {
      if (this.known > 0) {
        this.known--;
        continue;
      }
      this.history.count++;
      this.queue.push(0, step, value, timestamp);
    }
    return 'more';
  }

  take(_tag: number, step: number, value: number, ms: number): void {
    this.rows.put(this.key, step, value, ms);
  }
}
