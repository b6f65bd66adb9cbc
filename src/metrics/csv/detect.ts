import type { Detection, Sample } from '../_contract.ts';
import { evidenceOf, wholeLines } from '../evidence.ts';
import { readNumber } from '../number.ts';
import { chooseDialect, splitRow } from './dialect.ts';
import { stripEscapes } from '../stdout/clean.ts';
import { isHeader } from './header.ts';

export const COMMENT = /^\s*(?:#|\/\/|%)/;

/** Whether a sample is a table of metrics: a header, rows that fit it, names that are known. */
export function detectTable(sample: Sample): Detection | undefined {
  const lines = wholeLines(sample)
    .map(stripEscapes)
    .filter((line) => line.trim() !== '' && !/^sep=.$/.test(line));
  const table = lines.filter((line) => !COMMENT.test(line)).slice(0, 200);
  const [first, second] = table;
  if (first === undefined || /^\s*[[{<]/.test(first)) return undefined;
  const { delimiter, decimalComma } = chooseDialect(first, second);
  let names = splitRow(first, delimiter);
  const isNamed = /\.(?:csv|tsv)$/i.test(sample.name);
  if (!isHeader(names))
    names = splitRow((lines.findLast((line) => COMMENT.test(line)) ?? '').replace(COMMENT, ''), delimiter);
  if (names.length < 2 && !isNamed) return undefined;
  const { hasAxis, metrics } = evidenceOf(names);
  const rows = table.slice(1).map((line) => splitRow(line, delimiter));
  const fits = rows.filter(
    (cells) =>
      Math.abs(cells.length - names.length) <= 1 &&
      cells.some((cell) => readNumber(cell, { decimalComma }) !== undefined),
  );
  if (rows.length > 0 && fits.length < 0.7 * rows.length) return undefined;
  // `step 0: train loss 4.5, val loss nan` are words of a sentence and no names of columns.
  const isSentence = names.some((name) => /[:;,]$/.test(name));
  const isLoose = delimiter === ' ' && (isSentence || !(hasAxis && metrics > 0));
  if ((isLoose || names.some((name) => name.length > 60 || /[:=]\s*\S/.test(name))) && !isNamed)
    return undefined;
  if (rows.length === 0 && !isNamed && !(hasAxis || metrics > 0)) return undefined;
  const confidence =
    0.4 +
    (hasAxis ? 0.25 : 0) +
    (metrics > 0 ? 0.2 : 0) +
    (isNamed ? 0.1 : 0) +
    (rows.length > 0 ? 0.02 : -0.1);
  return {
    confidence,
    why: `a table with the columns ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`,
  };
}
