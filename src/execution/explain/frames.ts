/** One level of a call stack. */
export interface Frame {
  file: string;
  line: number;
}

const STANDARD = /^[\s>|+]*File "(.+?)", line (\d+)/u;
const RICH = /^[│|]\s+(?:❱\s*)?(\S.*?):(\d+) in \S/u;
const IPYTHON = /^File (\S.*?):(\d+)(?:, in |$)/u;
const CELL = /^(Cell In ?\[\d+\]), line (\d+)/u;

export function frameOf(line: string): Frame | undefined {
  for (const pattern of [STANDARD, RICH, IPYTHON, CELL]) {
    const match = pattern.exec(line);
    if (match?.[1] !== undefined) return { file: match[1], line: Number(match[2]) };
  }
  return undefined;
}

/** Code that the user did not write: installed packages, the standard library, generated code. */
const FOREIGN =
  /[\\/](?:site|dist)-packages[\\/]|[\\/]lib(?:64)?[\\/]python\d|[\\/]Lib[\\/](?!site)|^<|[\\/]python\d+(?:\.\d+)?\.zip[\\/]|[\\/]node_modules[\\/]|^node:|^internal[\\/]/u;

/** The deepest frame in the user's own code, else the deepest of all. */
export function placeOf(frames: readonly Frame[]): Frame | undefined {
  return (
    frames.findLast((frame) => !FOREIGN.test(frame.file)) ??
    frames.findLast((frame) => !frame.file.startsWith('<'))
  );
}

export function isUsers(frame: Frame): boolean {
  return !FOREIGN.test(frame.file);
}

/** `train.py:42`, relative to the training's working directory. */
export function formatPlace({ file, line }: Frame, cwd: string): string {
  const isInside = cwd !== '' && file.startsWith(cwd.endsWith('/') ? cwd : `${cwd}/`);
  const path = isInside ? file.slice(cwd.length).replace(/^\/+/u, '') : file;
  return `${path}:${line}`;
}
