import type { MetricFormat, Sample } from './_contract.ts';
import { metricsError } from './errors.ts';

interface Entry {
  name: string;
  /** A cheap look that spares loading the format: false only where it surely is not this format. */
  suits: (sample: Sample) => boolean;
  load: () => Promise<MetricFormat>;
}

const isText = (sample: Sample): boolean => sample.kind === 'file' && sample.text !== null;
const startsLikeJson = (sample: Sample): boolean => isText(sample) && /^\s*[[{]/.test(sample.text ?? '');

/** Every format, loaded when it is needed. */
const ENTRIES: readonly Entry[] = [
  { name: 'jsonl', suits: isText, load: async () => (await import('./formats/jsonl.ts')).jsonl },
  { name: 'json', suits: startsLikeJson, load: async () => (await import('./formats/json.ts')).json },
  { name: 'csv', suits: isText, load: async () => (await import('./formats/csv.ts')).csv },
  { name: 'stdout', suits: isText, load: async () => (await import('./formats/stdout.ts')).stdout },
];

export const formatNames: readonly string[] = ENTRIES.map(({ name }) => name);

export async function loadFormat(name: string): Promise<MetricFormat> {
  const entry = ENTRIES.find((known) => known.name === name.toLowerCase());
  if (entry) return entry.load();
  throw metricsError('METRICS_FORMAT_UNKNOWN', `There is no metrics format '${name}'.`, {
    remedy: `Use one of: ${formatNames.join(', ')}.`,
  });
}

/** The formats that may fit a sample. */
export async function loadSuiting(sample: Sample): Promise<MetricFormat[]> {
  return Promise.all(ENTRIES.filter(({ suits }) => suits(sample)).map(({ load }) => load()));
}
