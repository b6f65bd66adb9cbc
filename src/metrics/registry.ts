import type { MetricFormat, Sample } from './_contract.ts';
import { metricsError } from './errors.ts';
import { TEXT_FORMATS } from './text-formats.ts';

export interface FormatEntry {
  name: string;
  /** What the format lives in: one file, a folder of files, an address, or any of several. */
  lives: Sample['kind'] | readonly Sample['kind'][];
  /** A cheap look that spares loading the format: false only where it surely is not this format. */
  suits: (sample: Sample) => boolean;
  load: () => Promise<MetricFormat>;
}

const isText = (sample: Sample): boolean => sample.text !== null;
const startsLikeJson = (sample: Sample): boolean => /^\s*[[{]/.test(sample.text ?? '');

/** Every format, loaded when it is needed. */
const ENTRIES: FormatEntry[] = [
  {
    name: 'tfevents',
    lives: ['file', 'directory'],
    suits: ({ kind, text, name, listing }) =>
      kind === 'directory'
        ? listing.some((path) => path.includes('tfevents'))
        : text === null || name.includes('tfevents'),
    load: async () => (await import('./formats/tfevents.ts')).tfevents,
  },
  {
    name: 'wandb',
    lives: 'file',
    suits: ({ text, name }) => text === null || name.endsWith('.wandb'),
    load: async () => (await import('./formats/wandb.ts')).wandb,
  },
  {
    name: 'mlflow-files',
    lives: ['file', 'directory'],
    suits: ({ kind, path, listing }) =>
      kind === 'directory' ? listing.includes('meta.yaml') : path.includes('metrics'),
    load: async () => (await import('./formats/mlflow-files.ts')).mlflowFiles,
  },
  {
    name: 'mlflow-sqlite',
    lives: ['file', 'address'],
    suits: ({ kind, path, tables }) =>
      kind === 'address' ? path.startsWith('mlflow:') : tables !== undefined,
    load: async () => (await import('./formats/mlflow-sqlite.ts')).mlflowSqlite,
  },
  {
    name: 'mlflow-rest',
    lives: 'address',
    suits: ({ path }) => /^(?:mlflow|https?:)/i.test(path),
    load: async () => (await import('./formats/mlflow-rest.ts')).mlflowRest,
  },
  {
    name: 'trackio',
    lives: ['file', 'address'],
    suits: ({ kind, path, tables }) =>
      kind === 'address' ? path.startsWith('trackio:') : tables !== undefined,
    load: async () => (await import('./formats/trackio.ts')).trackio,
  },
  {
    name: 'optuna',
    lives: ['file', 'address'],
    suits: ({ kind, path, tables, text }) =>
      kind === 'address'
        ? path.startsWith('optuna:')
        : tables !== undefined || text?.includes('"op_code"') === true,
    load: async () => (await import('./formats/optuna.ts')).optuna,
  },
  ...TEXT_FORMATS,
  {
    name: 'jsonl',
    lives: 'file',
    suits: isText,
    load: async () => (await import('./formats/jsonl.ts')).jsonl,
  },
  {
    name: 'json',
    lives: 'file',
    suits: startsLikeJson,
    load: async () => (await import('./formats/json.ts')).json,
  },
  { name: 'csv', lives: 'file', suits: isText, load: async () => (await import('./formats/csv.ts')).csv },
  {
    name: 'stdout',
    lives: 'file',
    suits: isText,
    load: async () => (await import('./formats/stdout.ts')).stdout,
  },
];

/** Names of the formats that come with Pawl. */
export const formatNames: readonly string[] = ENTRIES.map(({ name }) => name);

/** Adds a format of one's own, which is asked before the others. Returns how to take it away again. */
export function registerFormat(entry: FormatEntry): () => void {
  ENTRIES.unshift(entry);
  return () => void ENTRIES.splice(ENTRIES.indexOf(entry), 1);
}

export async function loadFormat(name: string): Promise<MetricFormat> {
  const entry = ENTRIES.find((known) => known.name === name.toLowerCase());
  if (entry) return entry.load();
  throw metricsError('METRICS_FORMAT_UNKNOWN', `There is no metrics format '${name}'.`, {
    remedy: `Use one of: ${ENTRIES.map((known) => known.name).join(', ')}.`,
  });
}

/** Whether any format lives in such a place. */
export function hasFormatsFor(kind: Sample['kind']): boolean {
  return ENTRIES.some((entry) => canLiveIn(entry, kind));
}

/** What may fit a sample, not yet loaded. */
export function suitingEntries(sample: Sample): FormatEntry[] {
  return ENTRIES.filter((entry) => canLiveIn(entry, sample.kind) && entry.suits(sample));
}

/** The formats that may fit a sample. */
export async function loadSuiting(sample: Sample): Promise<MetricFormat[]> {
  return Promise.all(suitingEntries(sample).map(({ load }) => load()));
}

function canLiveIn({ lives }: FormatEntry, kind: Sample['kind']): boolean {
  return typeof lives === 'string' ? lives === kind : lives.includes(kind);
}
