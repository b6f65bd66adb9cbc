import type { DocumentReader, Sink } from '../_contract.ts';
import { decodeText } from '../encoding.ts';
import { parseDocument } from '../formats/json.ts';

type Json = Readonly<Record<string, unknown>>;

/** `catboost_training.json`: names of the metrics in `meta`, and their values by position in each of `iterations`. */
export class CatboostTraining implements DocumentReader {
  readonly kind = 'document';
  private readonly sink: Sink;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  read(bytes: Buffer, final: boolean): void {
    const text = decodeText(bytes);
    if (text === null || text.trim() === '') return;
    const document = parseDocument(text);
    const value = isObject(document?.value) ? document.value : {};
    const meta = isObject(value['meta']) ? value['meta'] : {};
    const iterations = value['iterations'];
    if (!document || !Array.isArray(iterations)) {
      if (final) this.sink.warn({ kind: 'no-iterations', message: 'no list of iterations', line: 1 });
      return;
    }
    // The list is closed when the training ends: until then the document is cut, and good as far as it goes.
    if (document.problem && (!document.isCut || final))
      this.sink.warn({ kind: 'broken-json', ...document.problem });
    const sets = [
      { key: 'learn', names: namesOf(meta['learn_metrics'], 'learn') },
      { key: 'test', names: namesOf(meta['test_metrics'], 'validation') },
    ];
    for (const entry of iterations as unknown[]) {
      if (!isObject(entry) || typeof entry['iteration'] !== 'number') continue;
      this.sink.row(Number.NaN, entry['iteration']);
      for (const { key, names } of sets) this.put(entry[key], names);
      const passed = entry['passed_time'];
      if (typeof passed === 'number') this.sink.set(this.sink.column('passed_time'), passed);
    }
  }

  private put(values: unknown, names: readonly string[]): void {
    if (!Array.isArray(values)) return;
    values.forEach((value: unknown, i) => {
      const name = names[i];
      if (name !== undefined && typeof value === 'number') this.sink.set(this.sink.column(name), value);
    });
  }
}

function namesOf(metrics: unknown, phase: string): string[] {
  if (!Array.isArray(metrics)) return [];
  return metrics.map((metric: unknown) => `${phase}_${isObject(metric) ? String(metric['name']) : 'metric'}`);
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
