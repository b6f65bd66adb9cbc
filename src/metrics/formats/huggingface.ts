import type { Detection, DocumentReader, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { decodeText } from '../encoding.ts';
import { RecordReader } from '../record.ts';
import { parseDocument } from './json.ts';

/**
 * `trainer_state.json` of Hugging Face's Trainer: its `log_history` holds training logs, evaluations and a closing summary,
 * merged here where they name the same step. Epochs are what has passed of them.
 */
export const huggingface: MetricFormat = {
  name: 'huggingface',
  title: 'Hugging Face trainer_state.json',
  epochs: 'elapsed',
  detect,
  open: (_member: Member, sink: Sink) => new TrainerStateReader(sink),
};

class TrainerStateReader implements DocumentReader {
  readonly kind = 'document';
  private readonly sink: Sink;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  read(bytes: Buffer, final: boolean): void {
    const text = decodeText(bytes);
    if (text === null || text.trim() === '') return;
    const document = parseDocument(text);
    const state = isObject(document?.value) ? document.value : undefined;
    const history = state?.['log_history'];
    if (!document || !Array.isArray(history)) {
      if (final) this.sink.warn({ kind: 'no-history', message: 'no log_history, left out', line: 1 });
      return;
    }
    if (document.isCut && !final) return;
    if (document.problem) this.sink.warn({ kind: 'broken-json', ...document.problem });
    const planned = state?.['num_train_epochs'];
    if (typeof planned === 'number') this.sink.total(Math.ceil(planned));
    const records = new RecordReader(this.sink);
    for (const entry of history) if (isObject(entry)) records.read(entry);
  }
}

function detect({ text }: Sample): Detection | undefined {
  if (text === null || !/^\s*\{/.test(text) || !/"log_history"\s*:\s*\[/.test(text)) return undefined;
  if (!/"(?:global_step|max_steps|is_world_process_zero)"\s*:/.test(text)) return undefined;
  return { confidence: 0.99, why: 'log_history beside global_step' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
