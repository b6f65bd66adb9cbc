import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { EpochMetrics } from './epoch.ts';

/** One line of JSON. NaN and infinities are written bare, as Python's json module does: a divergence must show. */
export function jsonLine(values: Record<string, number>): string {
  const entries = Object.entries(values).map(([key, value]) => `${JSON.stringify(key)}: ${value}`);
  return `{${entries.join(', ')}}\n`;
}

/** The metrics file: one line per finished epoch, appended as the epoch ends. */
export class MetricsLog {
  readonly lines: string[];
  readonly #file: string;

  /** `lines` come from the checkpoint that is resumed; what the file holds beyond or besides them is replaced. */
  constructor(file: string, lines: readonly string[]) {
    this.#file = file;
    this.lines = [...lines];
    const text = lines.join('');
    const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (present !== '' && text.startsWith(present)) appendFileSync(file, text.slice(present.length));
    else writeFileSync(file, text);
  }

  /** Makes the line part of `lines`, so that a checkpoint can hold it before the file does. */
  add(values: Record<string, number>): void {
    this.lines.push(jsonLine(values));
  }

  /** Appends the line added last to the file. */
  flush(): void {
    appendFileSync(this.#file, this.lines.at(-1) ?? '');
  }
}

/** One epoch as a line for people. */
export function progressLine({ epoch, lr, ...rest }: EpochMetrics, epochs: number): string {
  const shown = Object.entries(rest).map(([name, value]) => `${name}=${value.toFixed(4)}`);
  return [`epoch=${epoch}/${epochs}`, ...shown, `lr=${Number(lr.toPrecision(4))}`].join(' ');
}
