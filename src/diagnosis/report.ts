import { readFile, stat } from 'node:fs/promises';
import { reportError } from './errors.ts';
import { describeUnit } from './facts/attributes.ts';
import { findBaseline } from './facts/baseline.ts';
import { findExpected } from './facts/expected.ts';
import { findRootCauses } from './facts/root-causes.ts';
import { listSpoken } from './facts/spoken.ts';
import { findTarget } from './facts/target.ts';
import type { Node } from './outline/node.ts';
import { buildOutline } from './outline/outline.ts';
import { segment } from './outline/segment.ts';
import type { Segments } from './outline/unit.ts';
import { readLines } from './text/lines.ts';
import { tellFences, tellStructure } from './text/told.ts';
import { readBlocks } from './text/tree.ts';
import type { Diagnosis } from './types.ts';

const MAX_REPORT_BYTES = 4 * 1024 * 1024;

/** A report read as far as it can be without a config: facts, and the parts its changes stand in. */
export interface Report {
  file: string;
  diagnosis: Diagnosis;
  outline: Node;
  segments: Segments;
  warnings: { message: string; line: number | null }[];
}

function refuseSize(bytes: number, file: string): void {
  if (bytes > MAX_REPORT_BYTES)
    throw reportError(
      'REPORT_TOO_LARGE',
      `The report has ${(bytes / 1024 / 1024).toFixed(1)} MB; the limit is ${MAX_REPORT_BYTES / 1024 / 1024} MB.`,
      { file, remedy: 'Cut logs and data out of the report and link them instead.' },
    );
}

/** Reads the text of a report into its structure. Throws only on text that cannot be a report. */
export function parseReport(text: string, file: string): Report {
  refuseSize(text.length, file);
  if (text.includes('\u0000') || (text.length > 0 && count(text, '\ufffd') > text.length / 20))
    throw reportError('REPORT_BINARY', 'The report is not a text file.', {
      file,
      remedy: 'Export the report as UTF-8 Markdown and name that file.',
    });
  if (!/[\p{L}\p{N}]/u.test(text))
    throw reportError('REPORT_EMPTY', 'The report is empty.', {
      file,
      remedy: 'Write the diagnosis first (pawl diagnose), or name another file with --diagnostic.',
    });
  const source = readLines(text);
  const outline = buildOutline(
    readBlocks(tellStructure(text.replace(/^\ufeff/u, '')) ?? tellFences(source.lines)),
  );
  const segments = segment(outline);
  if (segments.dropped > 0)
    source.warnings.push({
      message: `The report has more than ${segments.units.length} recommendations; the last ${segments.dropped} were not read.`,
      line: null,
    });
  const unitNodes = new Set(segments.units.flatMap((unit) => unit.nodes));
  const spoken = listSpoken(outline, unitNodes);
  return {
    file,
    outline,
    segments,
    warnings: source.warnings,
    diagnosis: {
      file,
      rootCauses: findRootCauses(outline, spoken, unitNodes),
      target: findTarget(outline, spoken, source.frontMatter),
      baseline: findBaseline(outline, spoken, unitNodes),
      expectedOutcome: findExpected(outline, spoken, unitNodes),
      recommendations: segments.units.map(describeUnit),
    },
  };
}

function count(text: string, char: string): number {
  let found = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) found += 1;
  return found;
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}

/** Reads a report from disk. */
export async function readReport(file: string): Promise<Report> {
  let bytes: Buffer;
  try {
    const info = await stat(file);
    if (!info.isFile()) throw new Error('not a file');
    refuseSize(info.size, file);
    bytes = await readFile(file);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PawlError') throw cause;
    if (isMissing(cause))
      throw reportError('REPORT_NOT_FOUND', `The diagnostic report ${file} does not exist.`, {
        file,
        cause,
        remedy: 'Name the report with --diagnostic FILE, or write one with pawl diagnose.',
      });
    throw reportError('REPORT_UNREADABLE', `The diagnostic report ${file} cannot be read.`, {
      file,
      cause,
      remedy: 'Name a readable Markdown file with --diagnostic FILE.',
    });
  }
  if (
    bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe])) ||
    bytes.subarray(0, 2).equals(Buffer.from([0xfe, 0xff]))
  )
    throw reportError('REPORT_BINARY', 'The report is UTF-16, not UTF-8.', {
      file,
      remedy: 'Save the report as UTF-8.',
    });
  return parseReport(bytes.toString('utf8'), file);
}
