import { formatBytes } from '../bytes.ts';
import { codeCell } from '../escape.ts';
import { blocks, table } from '../table.ts';
import type { ReportView } from '../view.ts';

export function checkpoints({ outcome }: ReportView): string {
  const list = outcome.checkpoints;
  return blocks(
    '## Checkpoints',
    list.length === 0
      ? 'None were found. If the training writes some, say where with `checkpoints` in pawl.yaml.'
      : table(
          ['Run', 'File', 'Size'],
          ['left', 'left', 'right'],
          list.map(({ run, file, bytes }) => [codeCell(run), codeCell(file, 240), formatBytes(bytes)]),
        ),
  );
}
