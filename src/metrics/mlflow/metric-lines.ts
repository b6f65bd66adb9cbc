import type { Sink } from '../_contract.ts';
import { Utf8Input } from '../encoding.ts';
import { LINE_LIMIT, LineBlocks } from '../lines.ts';
import { readNumber } from '../number.ts';

/** Takes the lines of one metric's file: `<ms since 1970> <value> <step>`, the step and what follows it not always there. */
export class MetricLines {
  private readonly input = new Utf8Input();
  private readonly lines: LineBlocks;

  /** `name`: of the metric. */
  constructor(sink: Sink, name: string, onValue: (step: number, value: number, ms: number) => void) {
    this.lines = new LineBlocks({
      block: (bytes, line, isCut) => {
        const texts = bytes.toString('utf8').split('\n');
        texts.pop();
        texts.forEach((text, i) => {
          const where = line + i;
          const [time = '', value = '', step = '0'] = text.trim().split(' ');
          const ms = readNumber(time);
          const number = readNumber(value);
          const at = /^-?\d{1,15}$/.test(step) ? Number(step) : undefined;
          const isLast = isCut && i === texts.length - 1;
          // The last line may have lost the end of a number.
          if (isLast && text !== '')
            sink.warn({
              kind: 'mlflow-cut',
              message: `${name}: the last line is incomplete, left out`,
              line: where,
            });
          else if (ms !== undefined && number !== undefined && at !== undefined) onValue(at, number, ms);
          else if (text.trim() !== '')
            sink.warn({
              kind: 'mlflow-line',
              message: `${name}: not a metric's line, left out`,
              line: where,
            });
        });
        return texts.length;
      },
      tooLong: (line) =>
        sink.warn({
          kind: 'long-line',
          message: `${name}: longer than ${LINE_LIMIT / 1024 / 1024} MB, left out`,
          line,
        }),
    });
  }

  push(bytes: Buffer): void {
    this.lines.push(this.input.push(bytes));
  }

  end(): void {
    this.lines.push(this.input.end());
    this.lines.end();
  }
}
