import { takeSample } from '../sample.ts';
import { metricsError } from '../errors.ts';
import { LineBlocks } from '../lines.ts';
import { FileTail } from '../tail.ts';
import { targetOf } from '../sqlite/target.ts';
import { readDatabase } from './database.ts';
import { Journal } from './journal.ts';
import type { OptunaStorage } from './trial.ts';

/** Tables of Optuna's relational storage. */
const TABLES = ['studies', 'trials', 'trial_params'];

export function isOptunaDatabase(tables: readonly string[] | undefined): boolean {
  return tables !== undefined && TABLES.every((table) => tables.includes(table));
}

/** Whether a text begins as Optuna's journal does: each line an operation of a worker. */
export function isOptunaJournal(text: string | null): boolean {
  return text !== null && /^\s*\{[^\n]{0,200}"op_code"\s*:\s*\d/.test(text) && text.includes('"worker_id"');
}

/**
 * All studies and trials in an Optuna storage: an SQLite file (also as `sqlite:///file.db`) or a journal file. Running
 * trials are among them, with what they have reported so far.
 */
export async function readOptunaTrials(storage: string): Promise<OptunaStorage> {
  const { place } = targetOf(/^sqlite(?:\+\w+)?:/i.test(storage) ? `optuna:${storage}` : storage, 'optuna');
  const sample = await takeSample(place);
  if (isOptunaDatabase(sample.tables)) return readDatabase(place);
  if (isOptunaJournal(sample.text)) return readJournal(place);
  // A damaged database shows no tables; reading it says what is wrong.
  if (sample.tables?.length === 0) return readDatabase(place);
  throw metricsError('METRICS_UNRECOGNIZED', `${place} is no Optuna storage that Pawl reads.`, {
    file: place,
    remedy: 'Name the SQLite file or the journal file of the study.',
  });
}

async function readJournal(path: string): Promise<OptunaStorage> {
  const journal = new Journal();
  const lines = new LineBlocks({
    block: (bytes, _line, isCut) => {
      const texts = bytes.toString('utf8').split('\n');
      texts.pop();
      // An unfinished last line is being written.
      texts.forEach((text, i) => {
        if (!isCut || i < texts.length - 1) journal.add(text);
      });
      return texts.length;
    },
    tooLong: () => journal.add('too long'),
  });
  await new FileTail(path).read((bytes) => lines.push(bytes));
  lines.end();
  return journal.storage;
}
