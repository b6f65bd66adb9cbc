import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'libsql';
import { distributionJson, internalValue } from './distribution.ts';
import { optunaError } from './errors.ts';
import { ALEMBIC_REVISION, LIBRARY_VERSION, SCHEMA_VERSION, STATEMENTS } from './schema.ts';
import type { OptunaStudy, OptunaTrial } from './study.ts';

/**
 * Writes a study into a new SQLite file that `optuna.load_study(study_name=…, storage="sqlite:///FILE")` and
 * optuna-dashboard open. All or nothing: a failure leaves no file.
 */
export function writeOptunaStudy(file: string, study: OptunaStudy): void {
  if (existsSync(file)) {
    throw optunaError('OPTUNA_EXISTS', `${file} exists already.`, {
      file,
      remedy: 'Name another file, or remove this one first.',
    });
  }
  try {
    // Fails with a plain reason where the place cannot be written to.
    closeSync(openSync(file, 'wx'));
    const database = new Database(file);
    try {
      database.transaction(() => fill(database, study))();
    } finally {
      database.close();
    }
  } catch (cause) {
    rmSync(file, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw optunaError('OPTUNA_NOT_WRITABLE', `${file} could not be written: ${why}.`, {
      file,
      remedy: 'Name a place in a folder that exists and can be written to.',
      cause,
    });
  }
}

/** The storage URL by which Optuna opens the file. */
export const storageUrl = (file: string): string => `sqlite:///${resolve(file)}`;

function fill(database: Database.Database, study: OptunaStudy): void {
  for (const statement of STATEMENTS) database.exec(statement);
  const insert = (sql: string) => {
    const prepared = database.prepare(sql);
    return (...values: (string | number | null)[]) => void prepared.run(...values);
  };
  insert('INSERT INTO version_info VALUES (1, ?, ?)')(SCHEMA_VERSION, LIBRARY_VERSION);
  insert('INSERT INTO alembic_version VALUES (?)')(ALEMBIC_REVISION);
  insert('INSERT INTO studies VALUES (1, ?)')(study.name);
  insert('INSERT INTO study_directions VALUES (1, ?, 1, 0)')(study.direction);
  const studyAttribute = insert(
    'INSERT INTO study_user_attributes (study_id, "key", value_json) VALUES (1, ?, ?)',
  );
  for (const [key, value] of Object.entries(study.userAttributes))
    studyAttribute(key, JSON.stringify(value ?? null));
  const into = {
    trial: insert('INSERT INTO trials VALUES (?, ?, 1, ?, ?, ?)'),
    param: insert(
      'INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?, ?, ?, ?)',
    ),
    value: insert('INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?, 0, ?, ?)'),
    step: insert(
      'INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) VALUES (?, ?, ?, ?)',
    ),
    attribute: insert('INSERT INTO trial_user_attributes (trial_id, "key", value_json) VALUES (?, ?, ?)'),
  };
  for (const [number, trial] of study.trials.entries()) {
    const id = number + 1;
    into.trial(id, number, trial.state, toDatetime(trial.startedAt), toDatetime(trial.endedAt));
    for (const param of trial.params)
      into.param(id, param.name, internalValue(param), distributionJson(param.distribution));
    if (trial.value !== null) into.value(id, ...finalValue(trial.value));
    for (const { step, value } of stepsOf(trial)) into.step(id, step, ...intermediateValue(value));
    for (const [key, value] of Object.entries(trial.userAttributes))
      into.attribute(id, key, JSON.stringify(value ?? null));
  }
}

/** One value for each step, the later one winning: the storage allows no second. */
function stepsOf({ intermediate }: OptunaTrial): { step: number; value: number }[] {
  return [...new Map(intermediate.map(({ step, value }) => [Math.round(step), value]))].map(
    ([step, value]) => ({ step, value }),
  );
}

/** Optuna's `TrialValueType`: infinities are named, and NaN cannot be a final value. */
function finalValue(value: number): [number | null, string] {
  if (value === Infinity) return [null, 'INF_POS'];
  return value === -Infinity ? [null, 'INF_NEG'] : [value, 'FINITE'];
}

function intermediateValue(value: number): [number | null, string] {
  return Number.isNaN(value) ? [null, 'NAN'] : finalValue(value);
}

/** As SQLAlchemy writes a DATETIME on SQLite: local time, microseconds. */
function toDatetime(ms: number | null): string | null {
  if (ms === null) return null;
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 23)}000`;
}
