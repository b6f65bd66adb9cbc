import type { Detection, MetricFormat, Sample } from './_contract.ts';
import { metricsError } from './errors.ts';
import { loadSuiting, suitingEntries } from './registry.ts';
import { TEXT_FORMATS } from './text-formats.ts';

/** Below this a format is not taken. */
const ENOUGH = 0.3;
/** From here on no other is asked. */
const SURE = 0.95;

export interface Recognized extends Detection {
  format: MetricFormat;
}

/** The formats that recognize a sample, the surest first. */
export async function rankFormats(sample: Sample): Promise<Recognized[]> {
  const formats = await loadSuiting(sample);
  return formats
    .flatMap((format) => {
      const detection = format.detect(sample);
      return detection ? [{ format, ...detection }] : [];
    })
    .sort((a, b) => b.confidence - a.confidence);
}

/** The format of a sample; undefined where none is sure enough. */
export async function detectFormat(sample: Sample): Promise<Recognized | undefined> {
  let best: Recognized | undefined;
  for (const { load } of suitingEntries(sample)) {
    const format = await load();
    const detection = format.detect(sample);
    if (detection && detection.confidence > (best?.confidence ?? 0)) best = { format, ...detection };
    // The formats of single libraries come first, printed lines, the slowest to try, last.
    if (best && best.confidence >= SURE) break;
  }
  return best && best.confidence >= ENOUGH ? best : undefined;
}

/** Why nothing recognizes a file. */
export async function unrecognized(sample: Sample): Promise<Error> {
  const { path } = sample;
  if (sample.kind === 'address') {
    return metricsError('METRICS_UNRECOGNIZED', `No metrics format reads the address ${path}.`, {
      file: path,
      remedy:
        'Name a log file or its folder; for a run on an MLflow server write mlflow: before its address.',
    });
  }
  if (sample.text === null) {
    const kind = archiveOf(sample.head);
    return metricsError('METRICS_BINARY', `${path} is ${kind ?? 'not a text file'}.`, {
      file: path,
      remedy: kind === undefined ? 'Name the file or folder that holds the metrics.' : 'Unpack it first.',
    });
  }
  const formats = await loadSuiting(sample);
  const ofLibraries = new Set(TEXT_FORMATS.map(({ name }) => name));
  const general = formats.filter(({ name }) => !ofLibraries.has(name)).map(({ title }) => title);
  const others = formats.length - general.length;
  const tried = others === 0 ? general : [...general, `${others} of single libraries`];
  const start = sample.text.trimStart().split(/\r?\n/, 1)[0] ?? '';
  return metricsError(
    'METRICS_UNRECOGNIZED',
    `${path} is no training log that Pawl knows (tried: ${tried.join(', ')}). It begins with '${start.slice(0, 60)}'.`,
    {
      file: path,
      line: 1,
      remedy: 'Name the file that holds the metrics, or log them as CSV, JSONL or `name: value` lines.',
    },
  );
}

function archiveOf(head: Buffer): string | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'a gzip archive';
  if (head.toString('latin1', 0, 2) === 'PK') return 'a zip archive';
  return undefined;
}
