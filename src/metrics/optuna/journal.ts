import * as z from 'zod';
import { parseLiteral } from '../literal.ts';
import { setParameter } from './distribution.ts';
import {
  newTrial,
  type OptunaStorage,
  type OptunaStudy,
  type OptunaTrial,
  type TrialState,
} from './trial.ts';

/** What an operation code does (optuna/storages/journal/_storage.py). */
const CREATE_STUDY = 0;
const DELETE_STUDY = 1;
const SET_STUDY_SYSTEM_ATTRIBUTE = 3;
const CREATE_TRIAL = 4;
const SET_PARAMETER = 5;
const SET_STATE = 6;
const SET_INTERMEDIATE = 7;
const STATES: readonly TrialState[] = ['running', 'complete', 'pruned', 'failed', 'waiting'];
const FINISHED: ReadonlySet<TrialState> = new Set(['complete', 'pruned', 'failed']);

/** Any number, NaN and infinities among them. */
const float = z.custom<number>((value) => typeof value === 'number');
const values = z.array(float).nullish();
const time = z.string().nullish();
const texts = z.record(z.string(), z.string()).optional();
const numbers = z.record(z.string(), float).optional();
const operation = z.object({ op_code: z.number().int() });
const createStudy = z.object({ study_name: z.string(), directions: z.array(z.number()).optional() });
const ofStudy = z.object({ study_id: z.number() });
const studyAttribute = ofStudy.extend({ system_attr: z.record(z.string(), z.unknown()) });
const createTrial = ofStudy.extend({
  datetime_start: time,
  datetime_complete: time,
  state: z.number().optional(),
  value: float.nullish(),
  values,
  distributions: texts,
  params: numbers,
  intermediate_values: numbers,
});
const ofTrial = z.object({ trial_id: z.number() });
const parameter = ofTrial.extend({
  param_name: z.string(),
  param_value_internal: float,
  distribution: z.string(),
});
const state = ofTrial.extend({
  state: z.number(),
  values,
  datetime_start: time,
  datetime_complete: time,
});
const intermediate = ofTrial.extend({ step: z.number(), intermediate_value: float });

/** Plays Optuna's journal file back, line by line. */
export class Journal {
  private readonly studies: (OptunaStudy | undefined)[] = [];
  private readonly trials: OptunaTrial[] = [];
  private readonly warnings: string[] = [];
  private line = 0;
  private isBroken = false;

  /** Takes a whole line. Trials are numbered by the order of their lines, so that nothing after a damaged line can be trusted. */
  add(text: string): void {
    this.line++;
    if (this.isBroken || text.trim() === '') return;
    const literal = parseLiteral(text);
    const isWhole = literal && !literal.isCut && text.slice(literal.end).trim() === '';
    if (isWhole && this.apply(literal.value)) return;
    this.isBroken = true;
    this.warnings.push(
      `line ${this.line} is damaged; it and what follows are left out, since trials are numbered by the order of the lines`,
    );
  }

  get storage(): OptunaStorage {
    return { studies: this.studies.filter((study) => study !== undefined), warnings: this.warnings };
  }

  /** Returns whether the entry is one. */
  private apply(entry: unknown): boolean {
    switch (operation.safeParse(entry).data?.op_code) {
      case undefined:
        return false;
      case CREATE_STUDY:
        return this.createStudy(createStudy.safeParse(entry).data);
      case DELETE_STUDY:
        return this.deleteStudy(ofStudy.safeParse(entry).data);
      case SET_STUDY_SYSTEM_ATTRIBUTE:
        return this.setStudyAttribute(studyAttribute.safeParse(entry).data);
      case CREATE_TRIAL:
        return this.createTrial(createTrial.safeParse(entry).data);
      case SET_PARAMETER:
        return this.setParameter(parameter.safeParse(entry).data);
      case SET_STATE:
        return this.setState(state.safeParse(entry).data);
      case SET_INTERMEDIATE:
        return this.setIntermediate(intermediate.safeParse(entry).data);
      default:
        return true;
    }
  }

  private createStudy(entry: z.output<typeof createStudy> | undefined): boolean {
    if (!entry) return false;
    // Another worker created it at the same time; Optuna passes over the second.
    if (this.studies.some((study) => study?.name === entry.study_name)) return true;
    const directions = (entry.directions ?? []).map((code) =>
      code === 1 ? 'minimize' : code === 2 ? 'maximize' : null,
    );
    this.studies.push({ name: entry.study_name, directions, metricNames: [], trials: [] });
    return true;
  }

  private deleteStudy(entry: z.output<typeof ofStudy> | undefined): boolean {
    if (entry && entry.study_id in this.studies) this.studies[entry.study_id] = undefined;
    return entry !== undefined;
  }

  private setStudyAttribute(entry: z.output<typeof studyAttribute> | undefined): boolean {
    const names = entry?.system_attr['study:metric_names'];
    const study = entry && this.studies[entry.study_id];
    if (study && Array.isArray(names)) study.metricNames = names.filter((name) => typeof name === 'string');
    return entry !== undefined;
  }

  private createTrial(entry: z.output<typeof createTrial> | undefined): boolean {
    if (!entry) return false;
    const study = this.studies[entry.study_id];
    if (!study) return true;
    const trial = newTrial(study.trials.length);
    trial.state = STATES[entry.state ?? 0] ?? 'failed';
    trial.startedAt = entry.datetime_start ?? null;
    trial.endedAt = entry.datetime_complete ?? null;
    trial.values = entry.values ?? (typeof entry.value === 'number' ? [entry.value] : null);
    for (const [name, json] of Object.entries(entry.distributions ?? {}))
      setParameter(trial, name, entry.params?.[name] ?? Number.NaN, json);
    for (const [step, value] of Object.entries(entry.intermediate_values ?? {}))
      trial.intermediate.push({ step: Number(step), value });
    study.trials.push(trial);
    this.trials.push(trial);
    return true;
  }

  private setParameter(entry: z.output<typeof parameter> | undefined): boolean {
    if (!entry) return false;
    const trial = this.open(entry.trial_id);
    if (trial && !setParameter(trial, entry.param_name, entry.param_value_internal, entry.distribution))
      this.warnings.push(`line ${this.line}: the parameter '${entry.param_name}' cannot be read, left out`);
    return true;
  }

  private setState(entry: z.output<typeof state> | undefined): boolean {
    if (!entry) return false;
    const trial = this.open(entry.trial_id);
    if (!trial) return true;
    trial.state = STATES[entry.state] ?? 'failed';
    trial.values = entry.values ?? trial.values;
    trial.startedAt = entry.datetime_start ?? trial.startedAt;
    trial.endedAt = entry.datetime_complete ?? trial.endedAt;
    return true;
  }

  private setIntermediate(entry: z.output<typeof intermediate> | undefined): boolean {
    if (!entry) return false;
    const trial = this.open(entry.trial_id);
    const known = trial?.intermediate.find(({ step }) => step === entry.step);
    if (known) known.value = entry.intermediate_value;
    else trial?.intermediate.push({ step: entry.step, value: entry.intermediate_value });
    return true;
  }

  /** A trial that has not ended: what is logged of others is passed over, as Optuna does. */
  private open(id: number): OptunaTrial | undefined {
    const trial = this.trials[id];
    return trial && !FINISHED.has(trial.state) ? trial : undefined;
  }
}
