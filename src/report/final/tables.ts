import type { FinalOutcome } from '../../study/finalize/types.ts';
import { formatBytes } from '../bytes.ts';
import { codeCell, escapeMarkdown } from '../escape.ts';
import { ABSENT, type Figures } from '../number.ts';
import { formatSetting } from '../setting.ts';
import { table } from '../table.ts';

export function runsTable({ final, test }: FinalOutcome, figures: Figures): string {
  return table(
    ['Run', 'Seed', 'Status', 'Validation', 'at epoch', ...(test ? ['Test', 'read from'] : [])],
    ['left', 'right', 'left', 'right', 'right', 'right', 'left'],
    final.runs.map((run) => {
      const read = test?.values.find((value) => value.run === run.id);
      return [
        codeCell(run.id),
        String(run.seed ?? ABSENT),
        run.status,
        figures.value(run.value?.value),
        String(run.value?.epoch ?? ABSENT),
        ...(test ? [figures.value(read?.value), read ? codeCell(read.file, 200) : ABSENT] : []),
      ];
    }),
  );
}

export function dataTable({ data }: FinalOutcome): string {
  return table(
    ['Key', 'Value'],
    [],
    data.map(({ path, value }) => [codeCell(path), codeCell(formatSetting(value))]),
  );
}

export function checkpointTable({ checkpoints }: FinalOutcome): string {
  return table(
    ['File', 'Size', 'SHA-256'],
    ['left', 'right', 'left'],
    checkpoints.map(({ file, bytes, sha256 }) => [codeCell(file, 240), formatBytes(bytes), codeCell(sha256)]),
  );
}

export function environmentTable({ environment, packages, study, endedAt }: FinalOutcome): string {
  const { git, gpus, python } = environment;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const rows: [string, string][] = [
    ['Commit', git === null ? 'not under git' : codeCell(git.commit)],
    ['Python', python === null ? 'not found' : escapeMarkdown(python)],
    ['Libraries', versions.length === 0 ? 'not known' : escapeMarkdown(versions.join(', '))],
    ['Pawl', `${escapeMarkdown(environment.pawl)}, Node ${escapeMarkdown(environment.node)}`],
    ['System', escapeMarkdown(environment.os)],
    [
      'Hardware',
      escapeMarkdown(
        `${environment.cpu}, ${environment.cores} cores, ${formatBytes(environment.memoryBytes)} memory${gpus.length === 0 ? ', no GPU found' : `, ${gpus.join(', ')}`}`,
      ),
    ],
    ['Study', codeCell(study)],
    ['Finished', `${new Date(endedAt).toISOString().slice(0, 19)}Z`],
  ];
  return table(['Fact', 'Value'], [], rows);
}
