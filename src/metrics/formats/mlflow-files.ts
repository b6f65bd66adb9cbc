import { sep } from 'node:path';
import type { Detection, Member, MetricFormat, Sample, Sink, StreamReader } from '../_contract.ts';
import { MetricLines } from '../mlflow/metric-lines.ts';
import { metricFiles, RunFolder } from '../mlflow/run-folder.ts';
import { SeriesRows } from '../mlflow/series.ts';

const LINE = /^\d{10,16} \S+(?: -?\d+(?: \S+ \S+)?)?$/;

/** A run of MLflow's file store, `mlruns/<experiment>/<run>`, or one file of its `metrics`. */
export const mlflowFiles: MetricFormat = {
  name: 'mlflow-files',
  title: 'MLflow run folder',
  detect,
  members: metricFiles,
  open: (member: Member, sink: Sink) => new MetricStream(member, sink),
  openFolder: (member: Member, sink: Sink) => new RunFolder(member, sink),
};

class MetricStream implements StreamReader {
  readonly kind = 'stream';
  private readonly lines: MetricLines;
  private readonly rows: SeriesRows;

  constructor(member: Member, sink: Sink) {
    const name = nameOf(member.path);
    this.rows = new SeriesRows(sink);
    this.lines = new MetricLines(sink, name, (step, value, ms) => this.rows.put(name, step, value, ms));
  }

  push(bytes: Buffer): void {
    this.lines.push(bytes);
  }

  end(): void {
    this.lines.end();
    this.rows.flush();
  }
}

/** A metric's name may have slashes: what lies below `metrics`. */
function nameOf(path: string): string {
  const parts = path.split(sep);
  return parts.slice(parts.lastIndexOf('metrics') + 1).join('/') || 'metric';
}

function detect(sample: Sample): Detection | undefined {
  if (sample.kind === 'directory') {
    const { length } = metricFiles(sample.listing);
    return length === 0
      ? undefined
      : { confidence: 1, why: `meta.yaml and ${length} ${length === 1 ? 'metric' : 'metrics'}` };
  }
  if (!sample.path.split(sep).slice(0, -1).includes('metrics') || sample.text === null) return undefined;
  const lines = sample.text.split('\n').slice(0, 100);
  if (lines.length > 1) lines.pop();
  return lines.length > 0 && lines.every((line) => LINE.test(line.trim()))
    ? { confidence: 0.97, why: 'lines of time, value and step in a folder of metrics' }
    : undefined;
}
