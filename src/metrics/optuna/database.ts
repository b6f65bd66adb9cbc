import type Database from 'libsql';
import { parseLiteral } from '../literal.ts';
import { allRows, numberOf, textOf, withDatabase } from '../sqlite/open.ts';
import { setParameter } from './distribution.ts';
import {
  newTrial,
  type OptunaStorage,
  type OptunaStudy,
  type OptunaTrial,
  type TrialState,
} from './trial.ts';

const STATES = new Map<string, TrialState>([
  ['RUNNING', 'running'],
  ['COMPLETE', 'complete'],
  ['PRUNED', 'pruned'],
  ['FAIL', 'failed'],
  ['WAITING', 'waiting'],
]);

/** Reads Optuna's relational storage in SQLite (optuna/storages/_rdb/models.py), also as versions before 3 left it. */
export function readDatabase(path: string): OptunaStorage {
  return withDatabase(path, (database) => {
    const warnings: string[] = [];
    const studies = new Map<number, OptunaStudy>();
    for (const row of allRows(database, 'SELECT study_id, study_name FROM studies ORDER BY study_id')) {
      const study = { name: textOf(row['study_name']), directions: [], metricNames: [], trials: [] };
      studies.set(numberOf(row['study_id']), study);
    }
    readDirections(database, studies);
    readMetricNames(database, studies);
    const trials = readTrials(database, studies);
    readParameters(database, trials, warnings);
    readValues(database, trials);
    readIntermediate(database, trials);
    return { studies: [...studies.values()], warnings };
  });
}

function readDirections(database: Database.Database, studies: ReadonlyMap<number, OptunaStudy>): void {
  const rows = has(database, 'study_directions')
    ? allRows(database, 'SELECT study_id, direction FROM study_directions ORDER BY study_id, objective')
    : allRows(database, 'SELECT study_id, direction FROM studies');
  for (const row of rows) {
    const direction = textOf(row['direction']).toLowerCase();
    const isKnown = direction === 'minimize' || direction === 'maximize';
    studies.get(numberOf(row['study_id']))?.directions.push(isKnown ? direction : null);
  }
}

function readMetricNames(database: Database.Database, studies: ReadonlyMap<number, OptunaStudy>): void {
  const sql = "SELECT study_id, value_json FROM study_system_attributes WHERE key = 'study:metric_names'";
  for (const row of allRows(database, sql)) {
    const names = parseLiteral(textOf(row['value_json']))?.value;
    const study = studies.get(numberOf(row['study_id']));
    if (study && Array.isArray(names)) study.metricNames = names.filter((name) => typeof name === 'string');
  }
}

function readTrials(
  database: Database.Database,
  studies: ReadonlyMap<number, OptunaStudy>,
): Map<number, OptunaTrial> {
  const trials = new Map<number, OptunaTrial>();
  for (const row of allRows(database, 'SELECT * FROM trials ORDER BY trial_id')) {
    const study = studies.get(numberOf(row['study_id']));
    if (!study) continue;
    const number = numberOf(row['number']);
    const trial = newTrial(Number.isNaN(number) ? study.trials.length : number);
    trial.state = STATES.get(textOf(row['state'])) ?? 'failed';
    trial.startedAt = timeOf(row['datetime_start']);
    trial.endedAt = timeOf(row['datetime_complete']);
    // Before version 3 a trial has its one value itself.
    const value = numberOf(row['value']);
    if (!Number.isNaN(value)) trial.values = [value];
    study.trials.push(trial);
    trials.set(numberOf(row['trial_id']), trial);
  }
  return trials;
}

function readParameters(
  database: Database.Database,
  trials: ReadonlyMap<number, OptunaTrial>,
  warnings: string[],
): void {
  const sql =
    'SELECT trial_id, param_name, param_value, distribution_json FROM trial_params ORDER BY param_id';
  for (const row of allRows(database, sql)) {
    const trial = trials.get(numberOf(row['trial_id']));
    const name = textOf(row['param_name']);
    if (trial && !setParameter(trial, name, numberOf(row['param_value']), textOf(row['distribution_json'])))
      warnings.push(`the parameter '${name}' of trial ${trial.number} cannot be read, left out`);
  }
}

function readValues(database: Database.Database, trials: ReadonlyMap<number, OptunaTrial>): void {
  if (!has(database, 'trial_values')) return;
  for (const row of allRows(database, 'SELECT * FROM trial_values ORDER BY trial_id, trial_value_id')) {
    const trial = trials.get(numberOf(row['trial_id']));
    if (!trial) continue;
    const objective = numberOf(row['objective']);
    const values = (trial.values ??= []);
    if (objective === values.length) values.push(valueOf(row['value'], row['value_type']));
  }
}

function readIntermediate(database: Database.Database, trials: ReadonlyMap<number, OptunaTrial>): void {
  if (!has(database, 'trial_intermediate_values')) return;
  for (const row of allRows(database, 'SELECT * FROM trial_intermediate_values ORDER BY trial_id, step')) {
    const value = valueOf(row['intermediate_value'], row['intermediate_value_type']);
    trials.get(numberOf(row['trial_id']))?.intermediate.push({ step: numberOf(row['step']), value });
  }
}

/** SQL has no NaN and no infinities: they are told by a type beside an empty value. */
function valueOf(value: unknown, type: unknown): number {
  if (type === 'INF_POS') return Number.POSITIVE_INFINITY;
  if (type === 'INF_NEG') return Number.NEGATIVE_INFINITY;
  return type === 'NAN' ? Number.NaN : numberOf(value);
}

function timeOf(value: unknown): string | null {
  const text = textOf(value);
  return text === '' ? null : text.replace(' ', 'T');
}

function has(database: Database.Database, table: string): boolean {
  return allRows(database, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table).length > 0;
}
