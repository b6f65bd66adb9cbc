import type { Run } from '../../study/types.ts';
import { formatBytes } from '../bytes.ts';
import { code, codeCell, escapeMarkdown } from '../escape.ts';
import { blocks, bullets, table } from '../table.ts';
import { describeEvidence, evidenceOf } from '../verdict.ts';
import type { ReportView } from '../view.ts';
import { evidenceSection } from './evidence.ts';

export function reproducibility(view: ReportView): string {
  const { outcome } = view;
  return blocks(
    '## Reproducibility',
    evidenceSection(view),
    '### Facts',
    table(['Fact', 'Value'], [], facts(view)),
    outcome.preflight.length > 0 &&
      blocks(
        '### Checks before the training',
        table(
          ['Check', 'Result', 'Detail'],
          [],
          outcome.preflight.map(({ what, status, detail }) => [
            escapeMarkdown(what),
            status,
            escapeMarkdown(detail),
          ]),
        ),
      ),
    outcome.warnings.length > 0 &&
      blocks('### Warnings', bullets(outcome.warnings.map((warning) => escapeMarkdown(warning, 600)))),
  );
}

function facts({ outcome, figures, columns }: ReportView): string[][] {
  const { study, environment, verdictReason } = outcome;
  const seeds = (runs: readonly Run[]): string =>
    runs
      .toSorted((a, b) => (a.seed ?? Infinity) - (b.seed ?? Infinity) || a.attempt - b.attempt)
      .map((run) => run.seed ?? 'not known')
      .join(', ') || 'none';
  const machine = [
    environment.cpu,
    `${environment.cores} cores`,
    `${formatBytes(environment.memoryBytes)} memory`,
  ];
  const rows: [string, string | null][] = [
    ['Evidence', `${escapeMarkdown(describeEvidence(evidenceOf(outcome), figures))} (level ${study.level})`],
    ['Why', escapeMarkdown(verdictReason, 600)],
    ['Seeds planned', study.plannedSeeds.join(', ') || 'none'],
    ...columns.map(({ name, result }): [string, string] => [
      `Seeds of ${name.toLowerCase()}`,
      seeds(result.runs),
    ]),
    ['Command', code(environment.command, 400)],
    ['Training', trainingCommand(outcome.optimized.runs)],
    ...columns.map(({ name, result }): [string, string] => [
      `Config of ${name.toLowerCase()}`,
      `${codeCell(result.trial.config)}, values ${codeCell(result.trial.configHash.slice(0, 16))}`,
    ]),
    ['Git', gitText(environment.git)],
    ['Pawl', `${escapeMarkdown(environment.pawl)}, Node ${escapeMarkdown(environment.node)}`],
    ['Python', environment.python === null ? 'not found' : escapeMarkdown(environment.python)],
    ['System', escapeMarkdown(environment.os)],
    ['Machine', escapeMarkdown(machine.join(', '))],
    ['GPUs', environment.gpus.length === 0 ? 'none found' : escapeMarkdown(environment.gpus.join(', '))],
    ['Time', `${time(study.startedAt)} to ${time(study.endedAt)}`],
    ['Study', codeCell(study.id)],
  ];
  return rows.map(([name, value]) => [name, (value ?? '').replaceAll(/(?<!\\)\|/gu, '\\|')]);
}

function trainingCommand(runs: readonly Run[]): string {
  const run = runs.find((candidate) => candidate.argv.length > 0);
  return run ? code(run.argv.map(quote).join(' '), 600) : 'not known';
}

const quote = (argument: string): string =>
  /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;

function gitText(git: { commit: string; isDirty: boolean } | null): string {
  if (git === null) return 'not under git';
  return `${codeCell(git.commit)}${git.isDirty ? ', **with uncommitted changes**: the commit alone does not give this result' : ''}`;
}

function time(at: number): string {
  return Number.isFinite(at) ? `${new Date(at).toISOString().slice(0, 19)}Z` : 'not known';
}
