import { readFile } from 'node:fs/promises';
import { extname, posix, resolve } from 'node:path';
import type { SweepSummary } from '../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../study/types.ts';
import { reportError } from '../errors.ts';
import { collectGarbage } from '../heap.ts';
import { writeKeeping } from '../keep.ts';
import { sweepJsonBytes } from './document.ts';
import { importanceOf, type Importance } from './importance.ts';
import { renderSweepReport, type SweepReportFacts } from './markdown.ts';

export interface WrittenSweep {
  /** Relative to the project. */
  report: string;
  json: string;
  plots: SweepReportFacts['plots'];
  importance: Importance[];
  notes: string[];
}

/** Writes sweep_results.md, sweep_results.json and the plots beside the report of the outcome. */
export async function writeSweepReport(
  summary: SweepSummary,
  outcome: StudyOutcome,
  root: string,
): Promise<WrittenSweep> {
  const folder = posix.dirname(outcome.artifacts.report);
  const notes: string[] = [];
  const put = async (name: string, content: string | Buffer): Promise<string> => {
    const path = posix.join(folder, name);
    try {
      const kept = await writeKeeping(resolve(root, path), content);
      if (kept !== null && !/\.(?:png|svg)$/.test(name))
        notes.push(`${path} was there already and differs; it is kept as ${posix.basename(kept)}.`);
    } catch (cause) {
      throw reportError('REPORT_NOT_WRITABLE', `${path} could not be written: ${(cause as Error).message}.`, {
        file: path,
        remedy: 'Make the folder writable or choose another with `out` in pawl.yaml, then run `pawl report`.',
        cause,
      });
    }
    return path;
  };
  const importance = importanceOf(summary);
  collectGarbage();
  const json = await put('sweep_results.json', sweepJsonBytes(summary, outcome, importance));
  collectGarbage();
  const plots: SweepReportFacts['plots'] = {};
  let plotFailure: string | null = null;
  try {
    const { drawSweep } = await import('./plots/all.ts');
    for await (const { name, drawing } of drawSweep(summary, outcome, importance)) {
      await put(`sweep_${name}.svg`, drawing.svg);
      plots[name] = await put(`sweep_${name}.png`, drawing.png);
      collectGarbage();
    }
  } catch (error) {
    // A plot that cannot be drawn must not cost the results of hours.
    plotFailure = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    notes.push(`The plots of the sweep could not be drawn: ${plotFailure}.`);
  }
  const config = await configText(root, outcome.artifacts.config);
  const facts = { importance, plots, plotFailure, config };
  const report = await put('sweep_results.md', renderSweepReport(summary, outcome, facts));
  return { report, json, plots, importance, notes };
}

async function configText(root: string, path: string): Promise<SweepReportFacts['config']> {
  const text = await readFile(resolve(root, path), 'utf8').catch(() => undefined);
  return text === undefined ? null : { path, text, format: extname(path).slice(1) };
}
