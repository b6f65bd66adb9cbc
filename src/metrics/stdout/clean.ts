import { stripVTControlCharacters } from 'node:util';

const LEVEL =
  '(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL|TRACE|NOTICE|SUCCESS|debug|info|warning|warn|error|Debug|Info|Warning|Error)';
/** What logging frameworks, launchers and schedulers put before a line. */
const PREFIXES: readonly RegExp[] = [
  // 2024-05-01 12:30:01,123 · [2024-05-01T12:30:01Z] · 05/01/2024 12:30:01
  /^[[(<]?\d{2,4}[-/.]\d{2}[-/.]\d{2,4}[T ,_]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?[\])>]?/,
  // 12:30:01 · [12:30:01.123]
  /^[[(<]?\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?[\])>]?(?=[\s,|:-])/,
  // Mon May  1 12:30:01 2024 · May 01 12:30:01 host trainer[123]:
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} \d{2}:\d{2}:\d{2}(?: \d{4})?(?: [\w.-]+ [\w./-]+\[\d+\]:)?/,
  // I0501 12:30:01.123456 139 train.py:34]
  /^[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+\s+\d+ [^\]]{1,80}\]/,
  new RegExp(String.raw`^${LEVEL}:[\w.]+:`),
  new RegExp(String.raw`^[[(<]?${LEVEL}[\])>]?(?=[\s:|-]|$)`),
  // root - INFO - …
  new RegExp(String.raw`^[\w.]+\s+-\s+(?=${LEVEL}\b)`),
  // __main__:train:34 - · train.py:34 - · [train.py:34] · train.py(34)
  /^[[(<]?(?:[\w.<>/]+:)?[\w.<>/]+:\d+[\])>]?\s*(?=[-|\]]|:\s)/,
  /^[[(<]?[\w./]+\.py[:(]\d+\)?[\])>]?:?/,
  /^\(\w+[^()]{0,40}\bpid=\d+[^()]{0,40}\)/,
  /^\[(?:rank|gpu|worker|device)[ :=_-]?\d+\]:?/i,
  /^(?:rank|gpu|worker)[ :=_-]?\d+\s?[:|>-]/i,
  /^\[\d+,\d+\]<std(?:out|err)>:/,
  /^\[[A-Za-z_][\w.]*\]\s*(?=\[|$)/,
];
const SEPARATOR = /^[\s:|>-]+(?=\S)/;

/** A line without terminal escapes. */
export function stripEscapes(line: string): string {
  return line.includes('\u001B') ? stripVTControlCharacters(line) : line;
}

/** A line without the timestamps, levels, ranks and file names before its message. */
export function stripPrefixes(line: string): string {
  let rest = line.trim();
  for (let round = 0; round < 8; round++) {
    const before = rest;
    for (const prefix of PREFIXES) {
      const match = prefix.exec(rest);
      if (match) {
        rest = rest.slice(match[0].length).replace(SEPARATOR, '').trimStart();
        break;
      }
    }
    if (rest === before) return rest;
  }
  return rest;
}
