/**
 * Pawl as a library: the same rooms that the command uses. Reading reports and configs, reading logs, judging numbers,
 * and running a whole study.
 *
 * @example
 * import { readConfig, readReport, planChanges } from 'pawl';
 * const plan = planChanges(await readReport('diagnostic_report.md'), await readConfig('config.yaml'));
 *
 * @module pawl
 */
export { PawlError, type ErrorDetails, type ExitCode } from './errors.ts';

export { editConfig, parseConfig, readConfig, undoEdits } from './config/document.ts';
export { formatPath, parsePath, type ConfigPath } from './config/path.ts';
export type { ConfigMapping, ConfigValue } from './config/value.ts';
export type {
  ChangeKind,
  ConfigDocument,
  ConfigEdit,
  ConfigFormat,
  EditedConfig,
} from './config/_contract.ts';

export { diagnoseRuns, type CurveDiagnosis, type DiagnoseInput } from './diagnosis/diagnose.ts';
export type { TriedChange } from './diagnosis/recommend/tried.ts';
export { diagnosisJson } from './diagnosis/write/document.ts';
export { writeDiagnosis } from './diagnosis/write/write.ts';
export { gateReport } from './diagnosis/gate.ts';
export { planChanges } from './diagnosis/plan.ts';
export { planJson } from './diagnosis/plan-json.ts';
export { parseReport, readReport } from './diagnosis/report.ts';
export type {
  Change,
  Diagnosis,
  Plan,
  Recommendation,
  Skipped,
  SkipReason,
  Target,
} from './diagnosis/types.ts';

export { chooseMetric } from './metrics/choose.ts';
export { curveJson } from './metrics/curve-json.ts';
export { followCurve, type Follower } from './metrics/follow.ts';
export { readCurve } from './metrics/read.ts';
export { readOptunaTrials } from './metrics/optuna/read-trials.ts';
export type { OptunaStorage, OptunaStudy, OptunaTrial } from './metrics/optuna/trial.ts';
export { summarizeCurve, type RunSummary } from './metrics/summary.ts';
export type { Curve, Goal, MetricFormat, Point, Select } from './metrics/_contract.ts';

export { attribute, type Attribution } from './evidence/attribution.ts';
export { compareGroups, type GroupsVerdict } from './evidence/compare.ts';
export { chooseDesign, type ChosenDesign } from './evidence/design.ts';
export { judgePairs, type PairsVerdict } from './evidence/sequential.ts';

export { findProject, loadProject, type Project } from './project/load.ts';
export { optimize, type OptimizeResult } from './study/optimize.ts';
export type { OptimizeHooks, OptimizeOptions, PlannedStudy } from './study/options.ts';
export type { StudyOutcome, Verdict, Decision } from './study/types.ts';
export { writeReport } from './report/write.ts';
export { outcomeJson } from './report/document.ts';
