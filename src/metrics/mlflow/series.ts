import type { Sink } from '../_contract.ts';
import { ScalarRows } from '../scalars/scalar-rows.ts';

interface Series {
  tag: number;
  /** Values so far at step 0, and no other step; −1 once another was seen. */
  atZero: number;
}

/**
 * Rows of what MLflow logs. A metric logged without a step has step 0 each time; its values are then counted. SQL stores
 * cannot hold infinities and keep the largest double instead.
 */
export class SeriesRows {
  private readonly sink: Sink;
  private readonly rows: ScalarRows;
  private readonly series = new Map<string, Series>();

  constructor(sink: Sink) {
    this.sink = sink;
    this.rows = new ScalarRows(sink, 'timestamp');
  }

  /** `ms`: since 1970. */
  put(name: string, step: number, value: number, ms: number): void {
    const series = this.at(name);
    this.rows.put(series.tag, this.stepOf(name, series, step), unbound(value), ms / 1000);
  }

  flush(): void {
    this.rows.flush();
  }

  private at(name: string): Series {
    let series = this.series.get(name);
    if (!series) {
      series = { tag: this.rows.tag(name), atZero: 0 };
      this.series.set(name, series);
    }
    return series;
  }

  private stepOf(name: string, series: Series, step: number): number {
    if (step !== 0) series.atZero = -1;
    if (series.atZero < 0) return step;
    if (series.atZero === 1)
      this.sink.warn({
        kind: 'mlflow-no-steps',
        message: `'${name}' was logged without steps; its values are counted`,
      });
    return series.atZero++;
  }
}

function unbound(value: number): number {
  if (value === Number.MAX_VALUE) return Number.POSITIVE_INFINITY;
  return value === -Number.MAX_VALUE ? Number.NEGATIVE_INFINITY : value;
}
