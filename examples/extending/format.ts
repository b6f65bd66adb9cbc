import { LINE_LIMIT, LineBlocks, Utf8Input } from 'pawl/extend';
import type { LineTarget, MetricFormat, Sink, StreamReader } from 'pawl/extend';

/** The log of an imaginary trainer: `#12 val_acc=0.831 train_loss=0.40`, an epoch a line. */
export const hashLines: MetricFormat = {
  name: 'hash-lines',
  title: 'lines of #epoch name=value',
  epochs: 1,
  detect({ text }) {
    const lines = (text ?? '').split('\n').filter((line) => line.trim() !== '');
    const own = lines.filter((line) => LINE.test(line.trimEnd()));
    if (own.length === 0 || own.length < lines.length / 2) return undefined;
    return { confidence: 0.95, why: `${own.length} of ${lines.length} lines are #epoch name=value` };
  },
  open: (_member, sink) => new HashLineReader(sink),
};

const LINE = /^#(\d+)((?: [\w./-]+=\S+)+)$/;

class HashLineReader implements StreamReader, LineTarget {
  readonly kind = 'stream';
  readonly #input = new Utf8Input();
  readonly #lines = new LineBlocks(this);
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  // Bytes come cut anywhere, in any encoding: both are taken care of before `block` sees whole lines.
  push(bytes: Buffer): void {
    this.#lines.push(this.#input.push(bytes));
  }

  end(): void {
    this.#lines.push(this.#input.end());
    this.#lines.end();
  }

  block(bytes: Buffer, line: number): number {
    const lines = bytes.toString('utf8').split('\n');
    lines.pop();
    lines.forEach((text, index) => this.#read(text.trimEnd(), line + index));
    return lines.length;
  }

  tooLong(line: number): void {
    this.#sink.warn({ kind: 'long-line', message: `longer than ${LINE_LIMIT} bytes, left out`, line });
  }

  #read(text: string, line: number): void {
    if (text === '') return;
    const match = LINE.exec(text);
    if (!match) {
      this.#sink.warn({ kind: 'not-ours', message: 'not #epoch name=value, left out', line });
      return;
    }
    const [, epoch = '', pairs = ''] = match;
    this.#sink.row(Number(epoch), Number.NaN);
    for (const pair of pairs.trim().split(' ')) {
      const at = pair.lastIndexOf('=');
      this.#sink.set(this.#sink.column(pair.slice(0, at)), numberOf(pair.slice(at + 1)));
    }
  }
}

/** NaN and infinities are events, not errors: they are kept. */
function numberOf(text: string): number {
  const [, sign, isInfinite] = /^([+-]?)(inf)/i.exec(text) ?? [];
  if (isInfinite !== undefined) return sign === '-' ? -Infinity : Infinity;
  return Number(text);
}
