import type { Detection, Member, MetricFormat, Sample, Sink, StreamReader } from '../_contract.ts';
import { ScalarRows } from '../scalars/scalar-rows.ts';
import { EventsFolder } from '../tfevents/folder.ts';
import { eventFiles, isEventsFile } from '../tfevents/members.ts';
import { EventsFile } from '../tfevents/part.ts';
import { isRecordHeader } from '../tfevents/records.ts';

/** First byte of an event: its wall time. Data sets in TFRecord files begin otherwise. */
const WALL_TIME = 0x09;
const HEADER = 12;

/**
 * TensorBoard's event files: one, or a run's folder of them. Rows are by step; Keras logs `epoch_loss` and the like with
 * the epoch as the step. When each value was logged is the column `wall_time`.
 */
export const tfevents: MetricFormat = {
  name: 'tfevents',
  title: 'TensorBoard events',
  detect,
  members: eventFiles,
  open: (member: Member, sink: Sink) => new EventsStream(member, sink),
  openFolder: (member: Member, sink: Sink) => new EventsFolder(member, sink, makeRows(sink)),
};

function makeRows(sink: Sink): ScalarRows {
  return new ScalarRows(sink, 'wall_time', (tag) => tag.startsWith('epoch_'));
}

class EventsStream implements StreamReader {
  readonly kind = 'stream';
  private readonly rows: ScalarRows;
  private readonly file: EventsFile;
  private readonly tags = new Set<number>();

  constructor(member: Member, sink: Sink) {
    this.rows = makeRows(sink);
    this.file = new EventsFile(member, sink, {
      tag: (tag) => {
        const id = this.rows.tag(tag);
        this.tags.add(id);
        return id;
      },
      put: (tag, step, value, seconds) => this.rows.put(tag, step, value, seconds),
      restart: (step) => this.rows.purge(this.tags, step),
    });
  }

  push(bytes: Buffer): void {
    this.file.push(bytes);
  }

  end(): void {
    this.file.end();
    this.rows.flush();
  }
}

function detect(sample: Sample): Detection | undefined {
  if (sample.kind === 'directory') {
    const files = eventFiles(sample.listing);
    const which = files.length === 1 ? 'an event file' : `${files.length} event files of one run`;
    // CatBoost's folder holds event files too, and its tables hold more.
    return files.length === 0 ? undefined : { confidence: 0.99, why: which };
  }
  if (isRecordHeader(sample.head, 0) && sample.head[HEADER] === WALL_TIME)
    return { confidence: 1, why: 'it begins with an event record' };
  return isEventsFile(sample.name) && sample.text === null ? { confidence: 0.7, why: 'its name' } : undefined;
}
