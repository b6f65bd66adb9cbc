import { findAxes } from '../axis.ts';
import { isPhaseKey } from '../phase.ts';
import { readNumber } from '../number.ts';

/** What the columns of a table are; −1 where there is no such column. */
export interface Header {
  names: string[];
  epoch: number;
  step: number;
  total: number;
  phase: number;
  /** Tidy tables (one metric a row): the column of its name and that of its value. */
  metric: number;
  value: number;
}

/** Whether cells name columns, as no cell with a number does. */
export function isHeader(cells: readonly string[]): boolean {
  return (
    cells.some((cell) => cell !== '') &&
    cells.every((cell) => readNumber(cell) === undefined || /^(?:nan|inf)/i.test(cell))
  );
}

export function readHeader(cells: readonly string[], file: string): Header {
  const names = distinct(cells.map((cell) => cell.replace(/^#\s*/, '')));
  const { epoch, step, total } = findAxes(names);
  const at = (name: string | undefined): number => (name === undefined ? -1 : names.indexOf(name));
  const find = (pattern: RegExp): number => names.findIndex((name) => pattern.test(name));
  const header: Header = {
    names,
    epoch: at(epoch),
    step: at(step),
    total: at(total),
    phase: names.findIndex(isPhaseKey),
    metric: find(/^(?:metric|metric[ _]?name|name|tag|key|variable)$/i),
    value: find(/^value$/i),
  };
  // pandas writes its index without a name: the epochs of a Keras history.
  if (header.epoch < 0 && header.step < 0 && /^(?:|unnamed: 0|index)$/i.test(names[0] ?? ''))
    header.epoch = 0;
  if (header.value < 0) header.metric = -1;
  // TensorBoard's download names the metric in the file's name only: `run-train-tag-epoch_loss.csv`.
  const tag = /tag-(.+)\.csv$/i.exec(file)?.[1];
  if (tag !== undefined && header.metric < 0 && header.value >= 0) names[header.value] = tag;
  return header;
}

/** The header of a table that has none: a first column that counts is taken for the epoch. */
export function inventHeader(
  first: readonly string[],
  second: readonly string[] | undefined,
  file: string,
): Header {
  const names = first.map((_, i) => `column_${i + 1}`);
  const [a, b] = [Number(first[0]), Number(second?.[0])];
  if (Number.isInteger(a) && b === a + 1) names[0] = 'epoch';
  return readHeader(names, file);
}

function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}
