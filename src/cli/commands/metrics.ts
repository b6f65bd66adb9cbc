import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { curveJson } from '../../metrics/curve-json.ts';
import { metricsError } from '../../metrics/errors.ts';
import { readCurve } from '../../metrics/read.ts';
import { renderCurve } from '../curve-table.ts';
import { textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

/** Columns of a table that nobody looks at on a terminal. */
const WIDE = 200;

export const run: CommandRun = async (context, [named = ''], options) => {
  // The path stays as the user wrote it: it is what messages and the document name.
  const curve = await readCurve(named, { format: textOption(options, 'format') });
  if (
    curve.points.length === 0 &&
    (curve.format === 'unknown' || (await isEmpty(resolve(context.cwd, curve.file))))
  ) {
    throw metricsError('METRIC_NOT_FOUND', `${curve.file} is empty.`, {
      file: curve.file,
      remedy: 'Check whether the training wrote its metrics there, or name another log.',
    });
  }
  for (const warning of curve.warnings) context.say(`! ${warning}`);
  if (context.isJson) {
    const { points, ...rest } = curveJson(curve);
    await writeDocument(rest, points);
  } else if (curve.points.length === 0) context.say(`${curve.file} holds no metrics yet.`);
  else {
    const width = process.stdout.isTTY ? process.stdout.columns : WIDE;
    context.out(`${renderCurve(curve, { color: context.color.stdout, width })}\n`);
  }
  return 0;
};

async function isEmpty(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.size === 0;
}

/** Points in one piece of text. */
const PIECE = 500;

/** Writes a document piece by piece, as fast as the reader takes it: `points` may be long. */
async function writeDocument(head: object, points: readonly object[]): Promise<void> {
  const text = JSON.stringify(head, null, 2);
  await write(`${text.slice(0, -2)},\n  "points": [`);
  for (let at = 0; at < points.length; at += PIECE) {
    const piece = points.slice(at, at + PIECE).map((point) => `\n    ${JSON.stringify(point)}`);
    await write((at === 0 ? '' : ',') + piece.join(','));
  }
  await write(points.length === 0 ? ']\n}\n' : '\n  ]\n}\n');
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
