import { stripVTControlCharacters } from 'node:util';

const LEVEL =
  '(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL|TRACE|NOTICE|SUCCESS|debug|info|warning|warn|error|Debug|Info|Warning|Error)';
/** What logging frameworks, launchers and schedulers put before a line. */
const PREFIXES: readonly RegExp[] = [
  // 2024-05-01 12:30:01,123 · [2024-05-01T12:30:01Z] · 05/01/2024 12:30:01 · [05/01 12:30:01 name]
  /[[(<]?\d{2,4}[-/.]\d{2}(?:[-/.]\d{2,4})?[T ,_]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?(?:\s[\w.]+\])?[\])>]?:?/y,
  // 12:30:01 · [12:30:01.123]
  /[[(<]?\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?[\])>]?(?=[\s,|:-])/y,
  // Mon May  1 12:30:01 2024 · May 01 12:30:01 host trainer[123]:
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} \d{2}:\d{2}:\d{2}(?: \d{4})?(?: [\w.-]+ [\w./-]+\[\d+\]:)?/y,
  // I0501 12:30:01.123456 139 train.py:34]
  /[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+\s+\d+ [^\]]{1,80}\]/y,
  new RegExp(String.raw`${LEVEL}:[\w.]+:`, 'y'),
  new RegExp(String.raw`[[(<]?${LEVEL}[\])>]?(?=[\s:|-]|$)`, 'y'),
  // root - INFO - …
  new RegExp(String.raw`(?:[\w.\\/]+\s+-\s+){1,3}(?=${LEVEL}\b)`, 'y'),
  // __main__:train:34 - · train.py:34 - · [train.py:34] · train.py(34)
  /[[(<]?(?:[\w.<>/]+:)?[\w.<>/]+:\d+[\])>]?\s*(?=[-|\]]|:\s)/y,
  // (trainer:338) INFO
  new RegExp(String.raw`\([\w./]+:\d+\)(?=\s+${LEVEL}\b)`, 'y'),
  /[[(<]?[\w./]+\.py[:( ]\d+\)?[\])>]?:?/y,
  /\(\w+[^()]{0,40}\bpid=\d+[^()]{0,40}\)/y,
  /\[(?:rank|gpu|worker|device)[ :=_-]?\d+\]:?/iy,
  /(?:rank|gpu|worker)[ :=_-]?\d+\s?[:|>-]/iy,
  // Docker Compose: `trainer-1  | `
  /[a-z][\w.-]*[-_]\d+\s+\| (?=\S)/y,
  /\[\d+,\d+\]<std(?:out|err)>:/y,
  // [module][…], but not [Eval][Epoch 3]
  /\[(?!(?:train|val|eval|test|dev)\w*\])[a-z_][\w.-]*\]\s*(?=\[|\d{4}-\d\d-|$)/iy,
];
const SEPARATOR = /[\s:|>-]*/y;

/** A line without terminal escapes. */
export function stripEscapes(line: string): string {
  return line.includes('\u001B') ? stripVTControlCharacters(line) : line;
}

/** Offset of the message in a line: after timestamps, levels, ranks and file names. */
export function messageStart(line: string): number {
  let at = skip(line, /\s*/y, 0);
  for (let round = 0; round < 8; round++) {
    const prefix = PREFIXES.find((pattern) => {
      pattern.lastIndex = at;
      return pattern.test(line);
    });
    if (!prefix) return at;
    const end = skip(line, SEPARATOR, prefix.lastIndex);
    // A line of nothing but prefixes has no message.
    if (end <= at) return at;
    at = end;
  }
  return at;
}

function skip(line: string, pattern: RegExp, at: number): number {
  pattern.lastIndex = at;
  pattern.test(line);
  return Math.max(at, pattern.lastIndex);
}
