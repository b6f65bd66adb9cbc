import type { Detection, Member, MetricFormat, Sample, Sink, StreamReader } from '../_contract.ts';
import { Utf8Input } from '../encoding.ts';
import { FolderTailsReader } from '../folder-tails.ts';
import { RecordReader } from '../record.ts';
import { parseRecord } from './jsonl.ts';

/** A JSON document an epoch or step: AllenNLP's `metrics_epoch_3.json`, `eval_results_step_500.json`. */
export const epochFiles: MetricFormat = {
  name: 'epoch-files',
  title: 'JSON document per epoch',
  detect,
  members: inOrder,
  open: ({ name }: Member, sink: Sink) => new EpochFile(name, sink),
  openFolder: ({ path }: Member, sink: Sink) =>
    new FolderTailsReader({
      folder: path,
      members: inOrder,
      open: (member) => new EpochFile(member.name, sink),
    }),
};

const FILE =
  /^(?:(?:eval|val|train)_?)?(?:metrics|results|scores|stats)_?(epoch|step|iter)[_-]?(\d+)\.json$/i;
/** The files by their numbers, for points by step stand as they come. */
function inOrder(listing: readonly string[]): string[] {
  const numberOf = (path: string): number => Number(FILE.exec(path)?.[2]);
  return listing.filter((path) => FILE.test(path)).sort((a, b) => numberOf(a) - numberOf(b));
}

/** Larger documents hold more than the metrics of an epoch. */
const LIMIT = 1024 * 1024;

function detect({ kind, listing }: Sample): Detection | undefined {
  const { length } = kind === 'directory' ? listing.filter((path) => FILE.test(path)) : [];
  return length > 1 ? { confidence: 0.97, why: `${length} JSON documents, one an epoch or step` } : undefined;
}

/** A document that is written at once; it may come in parts. */
class EpochFile implements StreamReader {
  readonly kind = 'stream';
  private readonly input = new Utf8Input();
  private readonly name: string;
  private readonly sink: Sink;
  private text = '';
  private isRead = false;

  constructor(name: string, sink: Sink) {
    this.name = name;
    this.sink = sink;
  }

  push(bytes: Buffer): void {
    this.take(this.input.push(bytes));
  }

  end(): void {
    this.take(this.input.end());
    if (!this.isRead)
      this.sink.warn({ kind: 'not-json', message: `${this.name} is no JSON object, left out` });
  }

  private take(bytes: Buffer): void {
    if (this.isRead || this.text.length > LIMIT) return;
    this.text += bytes.toString('utf8');
    const record = this.text.trimEnd().endsWith('}') ? parseRecord(this.text) : undefined;
    if (!record) return;
    this.isRead = true;
    const [, axis = '', number = ''] = FILE.exec(this.name) ?? [];
    const at = Number(number);
    new RecordReader(this.sink).read(record, axis.toLowerCase() === 'epoch' ? { epoch: at } : { step: at });
  }
}
