import type { Detection, Member, MetricFormat, Sample, Sink, StreamReader } from '../_contract.ts';
import { Utf8Input } from '../encoding.ts';
import { FolderTailsReader } from '../folder-tails.ts';
import { LINE_LIMIT, LineBlocks } from '../lines.ts';
import { readNumber } from '../number.ts';

/** What Burn's file logger writes: `train/epoch-3/Loss.log`, a line a batch, each `value` or `value,examples`. */
export const burn: MetricFormat = {
  name: 'burn',
  title: 'Burn experiment folder',
  epochs: 1,
  detect,
  members: (listing) => listing.filter((path) => FILE.test(slashes(path))),
  open: ({ path }: Member, sink: Sink) => new BatchLog(path, sink, false),
  openFolder: ({ path }: Member, sink: Sink) =>
    new FolderTailsReader({
      folder: path,
      members: (listing) => listing.filter((file) => FILE.test(file)),
      open: (member) => new BatchLog(member.path, sink, true),
    }),
};

const FILE = /^(?:train|valid|test)\/epoch-\d+\/[^/]+\.log$/;
const PLACE = /(?:^|\/)(train|valid|test)\/epoch-(\d+)\/([^/]+)\.log$/;

function detect({ kind, listing }: Sample): Detection | undefined {
  return kind === 'directory' && listing.some((path) => FILE.test(slashes(path)))
    ? { confidence: 0.99, why: 'train/epoch-N/*.log' }
    : undefined;
}

/** One metric of one epoch: the mean over its batches, each weighted by its examples. */
class BatchLog implements StreamReader {
  readonly kind = 'stream';
  private readonly input = new Utf8Input();
  private readonly lines = new LineBlocks(this);
  private readonly sink: Sink;
  private readonly epoch: number;
  private readonly name: string;
  private readonly isFollowed: boolean;
  private sum = 0;
  private count = 0;
  /** Examples that the mean last put was of. */
  private told = 0;

  /** `isFollowed`: the mean so far is told while the epoch goes on. */
  constructor(path: string, sink: Sink, isFollowed: boolean) {
    this.isFollowed = isFollowed;
    const [, split = '', epoch = '', metric = ''] = PLACE.exec(slashes(path)) ?? [];
    this.sink = sink;
    this.epoch = epoch === '' ? Number.NaN : Number(epoch);
    this.name = `${split}/${metric}`;
  }

  push(bytes: Buffer): void {
    this.lines.push(this.input.push(bytes));
    if (this.isFollowed) this.put();
  }

  end(): void {
    this.lines.push(this.input.end());
    this.lines.end();
    this.put();
  }

  block(bytes: Buffer, line: number): number {
    const texts = bytes.toString('utf8').split('\n');
    texts.pop();
    texts.forEach((text, i) => {
      const [first = '', second] = text.trim().split(',');
      const value = readNumber(first);
      const examples = second === undefined ? 1 : readNumber(second);
      if (value !== undefined && examples !== undefined && examples > 0) {
        this.sum += value * examples;
        this.count += examples;
      } else if (text.trim() !== '')
        this.sink.warn({
          kind: 'not-a-number',
          message: `'${text.slice(0, 40)}' of ${this.name} is no number, left out`,
          line: line + i,
        });
    });
    return texts.length;
  }

  tooLong(line: number): void {
    this.sink.warn({
      kind: 'long-line',
      message: `longer than ${LINE_LIMIT / 1024 / 1024} MB, left out`,
      line,
    });
  }

  private put(): void {
    if (this.count === this.told) return;
    this.told = this.count;
    this.sink.row(this.epoch, Number.NaN);
    this.sink.set(this.sink.column(this.name), this.sum / this.count);
  }
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
