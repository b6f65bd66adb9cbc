import type { ConfigValue } from '../../config/value.ts';
import { chooseDialect, splitRow } from '../../metrics/csv/dialect.ts';
import { goalOf } from '../../metrics/goal.ts';
import { readOptunaTrials } from '../../metrics/optuna/read-trials.ts';
import { readTextFile } from '../text-file.ts';
import { sweepError } from './errors.ts';

/** A finished trial of another tool. */
export interface ImportedTrial {
  params: Readonly<Record<string, ConfigValue>>;
  value: number;
}

/** Complete trials of an Optuna storage; of several studies, the one with the most. */
export async function readOptunaResults(file: string, metric: string): Promise<ImportedTrial[]> {
  const { studies } = await readOptunaTrials(file);
  const usable = studies
    .map((study) => ({
      study,
      trials: study.trials.flatMap(({ state, params, values }): ImportedTrial[] => {
        const value = values?.[0];
        return state === 'complete' && value !== undefined && Number.isFinite(value)
          ? [{ params, value }]
          : [];
      }),
    }))
    .sort((a, b) => b.trials.length - a.trials.length);
  const [best] = usable;
  if (!best || best.trials.length === 0) {
    throw sweepError('SWEEP_IMPORT_INVALID', `${file} holds no complete trial.`, {
      file,
      remedy: 'Name a storage with finished trials.',
    });
  }
  const { directions, name } = best.study;
  if (directions.length > 1) {
    throw sweepError('SWEEP_IMPORT_INVALID', `The Optuna study '${name}' has ${directions.length} goals.`, {
      file,
      remedy: 'Import a study with a single goal.',
    });
  }
  const goal = goalOf(metric) === 'max' ? 'maximize' : 'minimize';
  const [direction] = directions;
  if (direction && direction !== goal) {
    throw sweepError(
      'SWEEP_IMPORT_INVALID',
      `The Optuna study '${name}' wants to ${direction} its value; ${metric} is to be ${goal}d.`,
      { file, remedy: 'Import a study of the same metric.' },
    );
  }
  return best.trials;
}

const PREFIX = /^(?:params?|config|hparams?|hp)[_./]/i;
const STATE = /^(?:state|status)$/i;
const GOOD = /^(?:complete[d]?|finished|success(?:ful)?|succeeded|done|terminated|ok|true)$/i;
const VALUE = /^(?:values?(?:_0)?|objective|score|metric|result)$/i;

/** Rows of a table whose columns are parameters (also as `params_lr`, `config/lr`) and the value. */
export async function readTableResults(file: string, metric: string): Promise<ImportedTrial[]> {
  const lines = (await readTextFile(file))
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const [head, ...rows] = lines;
  const { delimiter, decimalComma } = chooseDialect(head ?? '', rows[0]);
  const names = splitRow(head ?? '', delimiter);
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s/._-]/gu, '');
  const valueAt =
    [metric, metric.replace(/^val(?:idation)?_?/i, '')]
      .map((name) => names.findIndex((each) => plain(each) === plain(name)))
      .find((at) => at >= 0) ?? names.findIndex((name) => VALUE.test(name));
  if (valueAt < 0 || rows.length === 0) {
    throw sweepError(
      'SWEEP_IMPORT_INVALID',
      rows.length === 0 ? `${file} has no rows.` : `${file} has no column '${metric}' or 'value'.`,
      { file, line: 1, remedy: `Name the column of the result '${metric}' or 'value'.` },
    );
  }
  const stateAt = names.findIndex((name) => STATE.test(name));
  return rows.flatMap((row): ImportedTrial[] => {
    const cells = splitRow(row, delimiter);
    const value = numberIn(cells[valueAt] ?? '', decimalComma);
    if (value === undefined || (stateAt >= 0 && !GOOD.test((cells[stateAt] ?? '').replace(/^.*\./, ''))))
      return [];
    const params = Object.create(null) as Record<string, ConfigValue>;
    names.forEach((name, at) => {
      const cell = cells[at] ?? '';
      if (at !== valueAt && at !== stateAt && cell !== '')
        params[name.replace(PREFIX, '')] = valueIn(cell, decimalComma);
    });
    return [{ params, value }];
  });
}

function numberIn(text: string, decimalComma: boolean): number | undefined {
  const plain = decimalComma ? text.replace(',', '.') : text;
  const value = Number(plain.replace(/%$/, ''));
  return plain.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

function valueIn(text: string, decimalComma: boolean): ConfigValue {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  if (/^(?:none|null)$/i.test(text)) return null;
  return numberIn(text, decimalComma) ?? text;
}
