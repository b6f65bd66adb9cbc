import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import type { Artifacts, StudyOutcome } from '../study/types.ts';
import { buildChecklist, renderChecklist, type Check } from './checklist.ts';
import { outcomeJson } from './document.ts';
import { reportError } from './errors.ts';
import { writeKeeping } from './keep.ts';
import { renderReport } from './markdown.ts';

export interface WrittenReport {
  /** What exists now, relative to the project: a plot that could not be drawn is missing. */
  written: Partial<Artifacts>;
  checks: Check[];
  /** Sentences for the user: earlier files that were kept, a plot that could not be drawn. */
  notes: string[];
}

/** Writes report, plots, checklist and JSON of an iteration into the project folder `root`. */
export async function writeReport(outcome: StudyOutcome, root: string): Promise<WrittenReport> {
  const { artifacts } = outcome;
  const files = {
    report: inside(root, artifacts.report),
    plot: inside(root, artifacts.plot),
    plotSvg: inside(root, artifacts.plotSvg),
    checklist: inside(root, artifacts.checklist),
    json: inside(root, artifacts.json),
  };
  const notes: string[] = [];
  const written: Partial<Artifacts> = { config: artifacts.config };
  const put = async (key: keyof typeof files, content: string | Buffer): Promise<void> => {
    try {
      const kept = await writeKeeping(files[key], content);
      if (kept !== null) {
        notes.push(
          `${artifacts[key]} was there already and differs; it is kept as ${relative(root, kept).split(sep).join(posix.sep)}.`,
        );
      }
    } catch (cause) {
      throw reportError(
        'REPORT_NOT_WRITABLE',
        `${artifacts[key]} could not be written: ${messageOf(cause)}.`,
        {
          file: artifacts[key],
          remedy:
            'Make the folder writable or choose another with `out` in pawl.yaml, then run `pawl report`.',
          cause,
        },
      );
    }
    written[key] = artifacts[key];
  };

  const drawing = await drawPlot(outcome);
  const plotFailure = typeof drawing === 'string' ? drawing : null;
  if (typeof drawing === 'string') notes.push(`The plot could not be drawn: ${drawing}.`);
  else {
    await put('plotSvg', drawing.svg);
    await put('plot', drawing.png);
  }
  if (outcome.changes.some(({ effect }) => effect.estimate !== null))
    await writeEffects(outcome, root, notes);
  if (outcome.history.length > 1) await writePath(outcome, root, notes);
  const checks = buildChecklist(outcome, { plotFailure });
  await put('checklist', renderChecklist(outcome, checks));
  await put('json', `${JSON.stringify(outcomeJson(outcome, checks), null, 2)}\n`);
  await put('report', renderReport(outcome, { checks, plotFailure }));
  return { written, checks, notes };
}

/** `effects.png` and `.svg` beside the report. */
async function writeEffects(outcome: StudyOutcome, root: string, notes: string[]): Promise<void> {
  const folder = posix.dirname(outcome.artifacts.report);
  try {
    const { renderEffectsPlot } = await import('./plots/effects.ts');
    const { svg, png } = await renderEffectsPlot(outcome.changes, outcome.metric);
    await writeKeeping(inside(root, posix.join(folder, 'effects.svg')), svg);
    await writeKeeping(inside(root, posix.join(folder, 'effects.png')), png);
  } catch (error) {
    notes.push(`The plot of the effects could not be drawn: ${messageOf(error)}.`);
  }
}

/** `path.png` and `.svg` beside the report, from the second iteration on. */
async function writePath(outcome: StudyOutcome, root: string, notes: string[]): Promise<void> {
  const folder = posix.dirname(outcome.artifacts.report);
  try {
    const { renderPathPlot } = await import('./plots/path.ts');
    const { svg, png } = await renderPathPlot(outcome);
    await writeKeeping(inside(root, posix.join(folder, 'path.svg')), svg);
    await writeKeeping(inside(root, posix.join(folder, 'path.png')), png);
  } catch (error) {
    notes.push(`The plot of the path could not be drawn: ${messageOf(error)}.`);
  }
}

/** A plot that cannot be drawn (no binary for the platform) must not cost the results of hours; the reason comes back. */
async function drawPlot(outcome: StudyOutcome): Promise<{ svg: string; png: Buffer } | string> {
  try {
    const { renderComparisonPlot } = await import('./plots/outcome.ts');
    return await renderComparisonPlot(outcome);
  } catch (error) {
    return messageOf(error);
  }
}

function inside(root: string, path: string): string {
  const file = resolve(root, path);
  const from = relative(root, file);
  if (from === '' || from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from)) {
    throw reportError('REPORT_OUTSIDE', `${path} lies outside the project folder.`, {
      file: path,
      remedy: 'Choose a folder inside the project with `out` in pawl.yaml.',
    });
  }
  return file;
}

const messageOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
