import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { readGroup } from '../compare/runs.ts';
import { readConfig } from '../config/document.ts';
import type { ConfigDocument } from '../config/_contract.ts';
import { reportError } from '../diagnosis/errors.ts';
import { diagnoseRuns, type CurveDiagnosis, type DiagnosedRun } from '../diagnosis/diagnose.ts';
import type { Thresholds } from '../diagnosis/rules/thresholds.ts';
import { PawlError } from '../errors.ts';
import type { Goal } from '../metrics/_contract.ts';
import { findProject, inProject, loadProject, type Project } from '../project/load.ts';
import { storedStudy, type StoredStudy } from './stored-study.ts';
import { parseTarget, targetInScale, type TargetWish } from './target.ts';

/** What the user named; everything else comes from the project, where there is one. */
export interface DiagnoseRequest {
  cwd: string;
  results: readonly string[];
  config?: string | undefined;
  metric?: string | undefined;
  goal?: Goal | undefined;
  target?: string | undefined;
  project?: string | undefined;
}

export interface DiagnosedFiles {
  diagnosis: CurveDiagnosis;
  runs: DiagnosedRun[];
  config: ConfigDocument | null;
  project: Project | null;
  /** For people: what was looked at. */
  title: string;
  target: TargetWish | null;
  /** What the iterations of the study have taught. */
  lessons: readonly string[];
  /** The last concluded iteration of the study; 0 where there is none. */
  iteration: number;
  /** Sentences on how runs were found and read. */
  notes: string[];
}

/** Reads the runs, the config and the target, and diagnoses them. Writes nothing. */
export async function diagnoseFiles(request: DiagnoseRequest): Promise<DiagnosedFiles> {
  const { cwd } = request;
  const notes: string[] = [];
  const project = await projectOf(request);
  const settings = project?.settings;
  const target = targetOf(request.target, settings?.target);
  // Named runs are judged by themselves; without any it is the best config so far, and what was tried counts.
  const stored = project && request.results.length === 0 ? await storedStudy(project) : undefined;
  const configFile =
    request.config === undefined
      ? project && inProject(project, stored?.config ?? project.settings.baseline.config)
      : resolve(cwd, request.config);
  const config = configFile === null ? null : await readConfig(configFile);
  const runs = await readRuns(request, project, stored, (text) => notes.push(text));
  const wish: { name: string; goal?: Goal | undefined; train?: string | undefined } | undefined =
    typeof settings?.metric === 'string' ? { name: settings.metric } : settings?.metric;
  const diagnosis = diagnoseRuns({
    runs,
    config,
    metric: request.metric ?? wish?.name,
    goal: request.goal ?? (request.metric === undefined ? wish?.goal : undefined),
    train: request.metric === undefined ? wish?.train : undefined,
    target: target === null ? null : (scale) => targetInScale(target, scale),
    tried: stored?.tried,
    thresholds: (settings?.diagnose ?? {}) as Partial<Thresholds>,
  });
  const [named] = request.results;
  const title = named ?? stored?.trial ?? settings?.baseline.results ?? runs[0]?.label ?? 'baseline';
  const lessons = stored?.lessons ?? [];
  return {
    diagnosis,
    runs,
    config,
    project,
    title,
    target,
    lessons,
    iteration: stored?.iteration ?? 0,
    notes,
  };
}

/** The project, where one is named or needed; two named files need none. */
async function projectOf({ cwd, project, results }: DiagnoseRequest): Promise<Project | null> {
  try {
    return await loadProject(await findProject(cwd, project));
  } catch (error) {
    const isAbsent = error instanceof PawlError && error.code === 'PROJECT_NOT_FOUND';
    if (!isAbsent || project !== undefined) throw error;
    if (results.length > 0) return null;
    throw reportError(
      'DIAGNOSIS_NO_RUNS',
      'There is no run to diagnose: none is named, and there is no project here.',
      {
        remedy: 'Name a training log or its folder: pawl diagnose results/baseline --config config.yaml.',
      },
    );
  }
}

function targetOf(named: string | undefined, own: string | number | undefined): TargetWish | null {
  if (named !== undefined) {
    const read = /^\s*[<>≥≤=]*\s*-?\d+(?:\.\d+)?\s*%?\s*$/u.test(named)
      ? parseTarget(named, '--target')
      : undefined;
    if (!read)
      throw reportError(
        'DIAGNOSIS_TARGET',
        `--target must be a number such as 80% or 0.8. Got '${named}' instead.`,
        {
          remedy: 'Correct --target.',
        },
      );
    return read;
  }
  return own === undefined ? null : (parseTarget(own, 'pawl.yaml') ?? null);
}

async function readRuns(
  { cwd, results }: DiagnoseRequest,
  project: Project | null,
  stored: StoredStudy | undefined,
  note: (text: string) => void,
): Promise<DiagnosedRun[]> {
  if (results.length === 0 && project) {
    if (stored) return stored.runs;
    const named = project.settings.baseline.results;
    if (named === undefined || !existsSync(inProject(project, named)))
      throw reportError(
        'DIAGNOSIS_NO_RUNS',
        named === undefined
          ? 'The project has no baseline run yet: pawl.yaml names no baseline.results, and none was trained by Pawl.'
          : `The baseline.results of pawl.yaml, ${named}, do not exist.`,
        { file: project.file, remedy: 'Train the baseline, or name a log: pawl diagnose results/run1.' },
      );
    return toRuns(await readGroup([inProject(project, named)], note), project.root);
  }
  return toRuns(
    await readGroup(
      results.map((name) => resolve(cwd, name)),
      note,
    ),
    cwd,
  );
}

function toRuns(read: Awaited<ReturnType<typeof readGroup>>, base: string): DiagnosedRun[] {
  return read.map(({ label, curve, seed }) => ({
    label: relative(base, label) || label,
    seed: seed?.seed ?? null,
    curve,
  }));
}
