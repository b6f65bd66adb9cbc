import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { diagnosisJson } from '../../diagnosis/write/document.ts';
import { writeDiagnosis } from '../../diagnosis/write/write.ts';
import type { Goal } from '../../metrics/_contract.ts';
import { writeKeeping } from '../../report/keep.ts';
import { diagnoseFiles, type DiagnosedFiles } from '../../study/diagnose.ts';
import type { Context } from '../context.ts';
import { renderDiagnosisText } from '../diagnosis-text.ts';
import { textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

const REPORT = 'diagnostic_report.md';

export const run: CommandRun = async (context, args, options) => {
  const files = await diagnoseFiles({
    cwd: context.cwd,
    results: args,
    config: textOption(options, 'config'),
    metric: textOption(options, 'metric'),
    goal: textOption(options, 'goal') as Goal | undefined,
    target: textOption(options, 'target'),
    project: textOption(options, 'project'),
  });
  for (const note of files.notes) context.say(note);
  const out = textOption(options, 'out');
  const isDry = options['dryRun'] === true;
  const report =
    out === undefined ? join(files.project?.root ?? context.cwd, REPORT) : resolve(context.cwd, out);
  const plot = isDry || options['plot'] === false ? null : await writePlot(context, files, report);
  const next = nextCommand(files, relative(context.cwd, report), context.cwd);
  const written = writeDiagnosis(files.diagnosis, files.config, {
    title: files.title,
    config: files.config === null ? null : relative(context.cwd, files.config.file) || files.config.file,
    plot: plot === null ? null : basename(plot),
    next,
    lessons: files.lessons,
  });
  for (const note of written.notes) context.say(note);
  if (!isDry) {
    const kept = await writeKeeping(report, written.text);
    if (kept !== null)
      context.say(
        `${relative(context.cwd, report)} said something else; it is kept as ${relative(context.cwd, kept)}.`,
      );
  }
  const shown = (file: string | null): string | null =>
    file === null ? null : relative(context.cwd, file) || file;
  const places = { report: isDry ? null : shown(report), plot: shown(plot), next };
  if (context.isJson) context.json(diagnosisJson(written.diagnosis, places));
  else context.out(renderDiagnosisText(written.diagnosis, places, context.color.stdout));
  return 0;
};

/** The learning curves beside the report, as PNG and SVG. A plot that cannot be drawn must not cost the diagnosis. */
async function writePlot(
  context: Context,
  { diagnosis, runs, title }: DiagnosedFiles,
  report: string,
): Promise<string | null> {
  const base = join(dirname(report), `${basename(report, extname(report))}_curves`);
  try {
    const { drawDiagnosed } = await import('../../report/plots/diagnosed.ts');
    const { svg, png } = await drawDiagnosed(diagnosis, runs, title);
    await writeKeeping(`${base}.svg`, svg);
    await writeKeeping(`${base}.png`, png);
    return `${base}.png`;
  } catch (error) {
    context.say(`The plot could not be drawn: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function nextCommand(
  { diagnosis, project, iteration, config }: DiagnosedFiles,
  report: string,
  cwd: string,
): string {
  const isUsual = report === REPORT;
  const { decision } = diagnosis;
  if (decision === 'finalize' || decision === 'accept') return 'pawl finalize';
  if (decision === 'rediagnose') return 'pawl diagnose';
  if (project === null)
    return `pawl plan --diagnostic ${report} --config ${config === null ? 'CONFIG' : relative(cwd, config.file) || config.file}`;
  const round = iteration === 0 ? '' : ` --iteration ${iteration + 1}`;
  return `pawl optimize${round}${isUsual ? '' : ` --diagnostic ${report}`}`;
}
