import type { Curve } from '../metrics/_contract.ts';
import { goalOf } from '../metrics/goal.ts';
import { summarizeCurve } from '../metrics/summary.ts';
import { metricStrength, nameWords } from '../metrics/words.ts';
import { cellsOf } from '../report/cells.ts';
import { grid } from '../report/grid.ts';
import { inkOf } from '../report/ink.ts';
import { figuresOf } from '../report/number.ts';
import { toPlain } from '../report/plain.ts';
import { plural } from '../report/table.ts';
import { decidingMetric } from '../init/deciding-metric.ts';
import { bestRow, chooseRows, isJudged, rowsOf, type Row } from './curve-rows.ts';

const NAME_LENGTH = 28;

interface Column {
  name: string;
  title: string;
  cells: string[];
}

/** A curve for a terminal: its points with the middle left out, best values marked, and what each metric came to. */
export function renderCurve(curve: Curve, { color, width }: { color: boolean; width: number }): string {
  const ink = inkOf(color);
  const { points, metrics } = curve;
  const rows = rowsOf(curve);
  const best = new Map(metrics.map((name) => [name, isJudged(name) ? bestRow(rows, name) : -1]));
  const main = decidingMetric(metrics)?.name;
  const shown = chooseRows(rows.length, [main === undefined ? -1 : (best.get(main) ?? -1)]);
  const axes = [
    ...(rows.some(({ epoch }) => epoch !== null) ? ['epoch' as const] : []),
    ...(rows.some(({ step }) => step !== null) ? ['step' as const] : []),
  ];
  const keys: Column[] = axes.map((axis) => ({
    name: axis,
    title: axis,
    cells: shown.map((at) => (at < 0 ? '…' : showKey((rows[at] as Row)[axis]))),
  }));
  const all = metrics.map((name) => columnOf(name, rows, shown, best.get(name) ?? -1));
  const { kept, left } = fit(keys, prefer(all, main), metrics, width);
  const columns = [...keys, ...kept];
  const [head = '', ...body] = grid([
    columns.map(({ title }) => title),
    ...shown.map((_, i) => columns.map(({ cells }) => cells[i] ?? '')),
  ]);
  const length = curve.thinnedFrom ?? points.length;
  const total = curve.totalEpochs ?? null;
  return [
    `${ink('bold', toPlain(curve.file, 120))} ${ink('dim', `(${curve.format}, ${plural(length, 'point')}${total === null ? '' : `, ${total} epochs planned`}, ${plural(metrics.length, 'metric')})`)}`,
    '',
    ink('dim', head),
    ...body,
    ...(left.length === 0
      ? []
      : [
          ink(
            'dim',
            `and ${left.length} more: ${left
              .map((name) => toPlain(name, NAME_LENGTH))
              .slice(0, 12)
              .join(', ')}${left.length > 12 ? ', …' : ''}`,
          ),
        ]),
    '',
    ink('dim', '↑ more is better, ↓ less is better (by its name), * best'),
    ...summary(curve, metrics.filter(isJudged), ink),
  ].join('\n');
}

function columnOf(name: string, rows: readonly Row[], shown: readonly number[], best: number): Column {
  const values = shown.map((at) => (at < 0 ? undefined : (rows[at] as Row).values[name]));
  const figures = figuresOf('other', values, [finest(values)]);
  const isMarked = best >= 0;
  const arrow = isJudged(name) ? (goalOf(name) === 'max' ? ' ↑' : ' ↓') : '';
  return {
    name,
    title: `${toPlain(name, NAME_LENGTH)}${arrow}`,
    cells: values.map((value, i) => {
      if ((shown[i] as number) < 0) return '…';
      const text = value === undefined ? '' : figures.value(value);
      return isMarked ? `${text}${shown[i] === best ? '*' : ' '}` : text;
    }),
  };
}

/** The finest step to show: four digits of the largest value, and two of the smallest. */
function finest(values: readonly (number | undefined)[]): number | null {
  const sizes = values.flatMap((value) =>
    value === undefined || !Number.isFinite(value) || value === 0 ? [] : [Math.abs(value)],
  );
  return sizes.length === 0 ? null : Math.min(...sizes, Math.max(...sizes) / 100);
}

/** The deciding metric first, then held-out and training metrics, then the rest. */
function prefer(columns: readonly Column[], main: string | undefined): Column[] {
  const rank = ({ name }: Column): number =>
    name === main
      ? 0
      : !isJudged(name)
        ? 3
        : metricStrength(name) === 'strong' && nameWords(name).length < 4
          ? 1
          : 2;
  return [...columns].sort((a, b) => rank(a) - rank(b));
}

/** As many columns as fit, in the log's own order. */
function fit(
  keys: readonly Column[],
  columns: readonly Column[],
  order: readonly string[],
  width: number,
): { kept: Column[]; left: string[] } {
  const cells = ({ title, cells }: Column): number => Math.max(...[title, ...cells].map(cellsOf)) + 2;
  let room = width - keys.reduce((sum, column) => sum + cells(column), 0);
  const kept = new Map<string, Column>();
  for (const column of columns) {
    room -= cells(column);
    if (room < 0 && kept.size > 0) break;
    kept.set(column.name, column);
  }
  return {
    kept: order.flatMap((name) => kept.get(name) ?? []),
    left: order.filter((name) => !kept.has(name)),
  };
}

function showKey(value: number | null): string {
  if (value === null) return '';
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)));
}

const SUMMARIZED = 20;

/** One line a metric: first, best and where, last. */
function summary(curve: Curve, names: readonly string[], ink: ReturnType<typeof inkOf>): string[] {
  const hasEpochs = curve.points.some(({ epoch }) => epoch !== null);
  const shown = rowsOf(curve);
  const rows = names.slice(0, SUMMARIZED).map((name) => {
    // As the table above counts: some logs begin with epoch 0.
    const { epoch } = shown[bestRow(shown, name)] ?? { epoch: null };
    const goal = goalOf(name);
    const { best, bestEpoch, last } = summarizeCurve(curve, {
      metric: name,
      goal,
      select: 'best',
      train: null,
      trainLoss: null,
      valLoss: null,
    });
    const first = curve.points.find(({ values }) => values[name] !== undefined)?.values[name] ?? Number.NaN;
    const figures = figuresOf('other', [first, best, last], [finest([first, best, last])]);
    const show = (value: number): string => figures.value(value);
    return [
      `${toPlain(name, NAME_LENGTH)} ${goal === 'max' ? '↑' : '↓'}`,
      show(first),
      show(best),
      Number.isFinite(best) ? (epoch === null ? String(bestEpoch) : showKey(epoch)) : '',
      show(last),
    ];
  });
  if (rows.length === 0) return [];
  const [head = '', ...body] = grid([
    ['', 'first', 'best', hasEpochs ? 'at epoch' : 'at point', 'last'],
    ...rows,
  ]);
  return [
    '',
    ink('dim', head),
    ...body,
    ...(names.length > SUMMARIZED ? [ink('dim', `and ${names.length - SUMMARIZED} more`)] : []),
  ];
}
