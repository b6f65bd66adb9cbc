import { stripVTControlCharacters } from 'node:util';

/** A line of a log without colours and without the mark of the process that printed it. */
export interface LogLine {
  text: string;
  /** The process that printed it, where several share one log (`[rank0]: `, `(worker pid=7) `); '' else. */
  source: string;
}

const SOURCES = [
  /^\[rank\d+\]:\s?/u,
  /^\[default\d+\]:\s?/u,
  /^\[\d+,\d+\]<std(?:err|out)>:\s?/u,
  /^\[\d+\]:\s/u,
  /^\((?:[\w.:-]+ )?pid=\d+(?:, ip=[\w.:]+)?\)\s?/u,
  /^[\w.-]+[-_]\d+\s+\|\s/u,
];
/** `srun -l` writes `3: `; so do many programs for their own reasons, hence only where nearly all lines have it. */
const TASK = /^\s*\d+:\s/u;
const TASK_SHARE = 0.9;

/** What says why something failed stands near the start of its line. */
const LONGEST_LINE = 2000;

/** Splits a log into lines; of a line that was overwritten by carriage returns (progress bars) the last state counts. */
export function logLines(log: string): LogLine[] {
  const texts = stripVTControlCharacters(log)
    .split('\n')
    .map((line) => {
      const parts = line.split('\r').filter((part) => part.trim() !== '');
      return (parts.at(-1) ?? '').slice(0, LONGEST_LINE).trimEnd();
    });
  const filled = texts.filter((text) => text !== '');
  const hasTasks =
    filled.length > 2 && filled.filter((text) => TASK.test(text)).length >= filled.length * TASK_SHARE;
  const patterns = hasTasks ? [...SOURCES, TASK] : SOURCES;
  return texts.map((text) => {
    const source =
      patterns.map((pattern) => pattern.exec(text)?.[0]).find((match) => match !== undefined) ?? '';
    return { text: text.slice(source.length), source: source.trim() };
  });
}
