import type { Detection, Member, MetricFormat, Sample, Sink, StreamReader } from '../_contract.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { Utf8Input, ZEROS } from '../encoding.ts';
import { LINE_LIMIT, LineBlocks } from '../lines.ts';
import { LogReader } from '../stdout/log-reader.ts';

/** What a training prints: `Epoch 3/20 - loss: 0.5`, `step=100 val_acc=0.8`, progress bars, dicts, tables. */
export const stdout: MetricFormat = {
  name: 'stdout',
  title: 'printed lines',
  detect,
  open: (_member: Member, sink: Sink) => new StdoutReader(sink),
};

export class StdoutReader implements StreamReader {
  readonly kind = 'stream';
  private readonly input: Utf8Input;
  private readonly lines = new LineBlocks(this, { returnsEndLines: true });
  private readonly log: LogReader;
  private readonly sink: Sink;
  /** The last block ended at a carriage return. */
  private isWithinLine = false;

  constructor(sink: Sink) {
    this.sink = sink;
    this.input = new Utf8Input(() => sink.warn(ZEROS));
    this.log = new LogReader(sink);
  }

  push(bytes: Buffer): void {
    this.lines.push(this.input.push(bytes));
  }

  end(): void {
    this.lines.push(this.input.end());
    this.lines.end();
    this.log.end();
  }

  block(bytes: Buffer): number {
    const lines = bytes.toString('utf8').split('\n');
    // After the last newline nothing follows, and that is no empty line.
    const rest = lines.pop();
    for (const line of lines) {
      this.segments(line);
      this.isWithinLine = false;
    }
    if (rest !== undefined && rest !== '') {
      this.segments(rest);
      this.isWithinLine = true;
    }
    return lines.length;
  }

  /** What was written over itself in one line: bars that return or, in old Keras, step back over their last text. */
  private segments(line: string): void {
    if (line !== '' && !/[\r\b]/.test(line)) {
      this.log.line(line);
      return;
    }
    const parts = line.split(/[\r\b]+/).filter((part) => part !== '');
    if (parts.length === 0 && !this.isWithinLine) this.log.line('');
    for (const part of parts) this.log.line(part);
  }

  tooLong(line: number): void {
    this.sink.warn({
      kind: 'long-line',
      message: `longer than ${LINE_LIMIT / 1024 / 1024} MB, left out`,
      line,
    });
  }
}

function detect(sample: Sample): Detection | undefined {
  if (sample.text === null || /^\s*<(?:!|\?xml|html|svg)/i.test(sample.text)) return undefined;
  const builder = new CurveBuilder();
  const reader = new StdoutReader(builder);
  reader.push(sample.head);
  reader.end();
  const { points } = builder.build('stdout', sample.path);
  if (points.length === 0) return undefined;
  const hasAxis = points.some(({ epoch, step }) => epoch !== null || step !== null);
  const isNamed = /\.(?:log|out|txt|stdout)$|stdout/i.test(sample.name);
  const confidence = 0.35 + (hasAxis ? 0.15 : 0) + (points.length > 1 ? 0.05 : 0) + (isNamed ? 0.05 : 0);
  return {
    confidence,
    why: `metrics in printed lines, ${points.length} points in the first ${sample.head.length} bytes`,
  };
}
