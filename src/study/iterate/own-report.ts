import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, posix } from 'node:path';
import type { ConfigDocument } from '../../config/_contract.ts';
import { diagnoseRuns, type CurveDiagnosis, type DiagnosedRun } from '../../diagnosis/diagnose.ts';
import type { Thresholds } from '../../diagnosis/rules/thresholds.ts';
import { writeDiagnosis } from '../../diagnosis/write/write.ts';
import type { Curve, Point } from '../../metrics/_contract.ts';
import { toProjectPath, writableInProject, type Project } from '../../project/load.ts';
import { setAside, writeAtomically } from '../configure.ts';
import { studyError } from '../errors.ts';
import { artifactsOf } from '../outcome.ts';
import type { StudyRecord } from '../record.ts';
import { standingRuns } from '../results.ts';
import { targetInScale } from '../target.ts';
import { teach } from './history.ts';

/** A report that Pawl wrote itself, from the last iteration's own curves. */
export interface OwnReport {
  /** Relative to the project. */
  file: string;
  text: string;
  diagnosis: CurveDiagnosis;
}

/** The curve of a stored run. */
export type ReadCurve = (run: string) => Promise<Point[]>;

/** Whether the report at `file` is another than those that the study's iterations have used. */
export async function isNewReport(
  project: Project,
  record: StudyRecord,
  file: string | undefined,
): Promise<boolean> {
  if (file === undefined) return false;
  const path = toProjectPath(project, file);
  const used = record.iterations.findLast(({ diagnosis }) => diagnosis.file === path);
  if (!used) return true;
  const changed = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
  return changed > used.startedAt;
}

/**
 * Diagnoses the best config so far by its own curves, knowing what the iterations before have tried: what was found
 * inert, hurtful or futile is not recommended again. Writes nothing. Throws where nothing is left to recommend.
 */
export async function diagnoseIncumbent(
  project: Project,
  record: StudyRecord,
  config: ConfigDocument,
  iteration: number,
  readCurve: ReadCurve,
): Promise<OwnReport> {
  const { settings } = project;
  const former = record.iterations.findLast((each) => each.iteration < iteration && each.outcome);
  if (!former?.outcome || !record.metric)
    throw new Error(`iteration ${iteration} has no concluded one before it`);
  const { incumbent } = former.outcome;
  const taught = teach(record);
  const target = former.target;
  const diagnosis = diagnoseRuns({
    runs: await runsOf(record, incumbent, readCurve),
    config,
    metric: record.metric.name,
    goal: record.metric.goal,
    train: record.metric.train ?? undefined,
    target: target === null ? null : (scale) => targetInScale(target, scale),
    tried: taught.tried,
    thresholds: (settings.diagnose ?? {}) as Partial<Thresholds>,
  });
  const own = artifactsOf(project, '', iteration);
  const folder = posix.dirname(own.report);
  const file = posix.join(folder, 'diagnostic_report.md');
  if (diagnosis.recommendations.length === 0) {
    throw studyError(
      'NOTHING_TO_RECOMMEND',
      `Pawl's own diagnosis of ${incumbent} recommends nothing: ${diagnosis.reason}`,
      {
        remedy:
          diagnosis.decision === 'finalize' || diagnosis.decision === 'accept'
            ? 'Accept the best config so far with `pawl finalize`, or name a report of your own with --diagnostic.'
            : 'Name a report of your own with --diagnostic.',
      },
    );
  }
  const { text } = writeDiagnosis(diagnosis, config, {
    title: `iteration ${iteration}, from the curves of ${incumbent}`,
    config: toProjectPath(project, config.file),
    plot: posix.relative(folder, former.outcome.artifacts.plot),
    next: `pawl optimize --iteration ${iteration}`,
    lessons: taught.lessons,
  });
  return { file, text, diagnosis };
}

/** Writes the report; one of that name that says something else is kept beside it. */
export async function writeOwnReport(
  project: Project,
  { file, text }: OwnReport,
  say: (message: string) => void,
): Promise<void> {
  say(`There is no new report: Pawl diagnosed the best config so far by its own curves: ${file}`);
  const path = writableInProject(project, file);
  const former = await readFile(path, 'utf8').catch(() => undefined);
  if (former === text) return;
  await mkdir(dirname(path), { recursive: true });
  if (former !== undefined)
    say(`${file} said something else; it is kept as ${basename(await setAside(path))}.`);
  await writeAtomically(path, text);
}

/** The runs of a stored trial, as a diagnosis takes them. */
export async function runsOf(
  record: StudyRecord,
  trial: string,
  readCurve: ReadCurve,
): Promise<DiagnosedRun[]> {
  const runs: DiagnosedRun[] = [];
  for (const run of standingRuns(record, trial)) {
    if (!['finished', 'adopted', 'diverged'].includes(run.status)) continue;
    const points = await readCurve(run.id);
    if (points.length === 0) continue;
    const metrics = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
    const curve: Curve = {
      format: run.metricsFormat ?? 'store',
      file: run.metricsFile ?? run.id,
      points,
      metrics,
      warnings: [],
    };
    const gpuUtilization = run.resources?.gpuUtilization ?? null;
    runs.push({ label: run.id, seed: run.seed, curve, gpuUtilization });
  }
  return runs;
}
