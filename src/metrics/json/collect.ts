import { readNumber } from '../number.ts';

/** What the keys of a keyed collection are. */
export type KeyAxis = 'epoch' | 'step';

/** One metric as an array of numbers, by position or by key. */
export interface Series {
  path: string[];
  /** NaN-safe: undefined where nothing was logged. */
  values: (number | undefined)[];
  /** Epochs or steps of the values, where they are given; else they count from 1. */
  keys: number[] | undefined;
  axis: KeyAxis;
}

/** An array of objects, one a moment. */
export interface RecordList {
  path: string[];
  axis: KeyAxis;
  records: { record: object; key: number | undefined }[];
}

export interface Collected {
  series: Series[];
  lists: RecordList[];
  /** Lone numbers: totals, final results, settings. */
  scalars: { path: string[]; value: number }[];
}

const DEPTH_LIMIT = 8;
const KEY = /^(?:epoch|step|iter(?:ation)?)?[ _-]?(\d+)$/i;

/** Everything in a document that could be part of a curve. */
export function collect(value: unknown): Collected {
  const collected: Collected = { series: [], lists: [], scalars: [] };
  visit(value, [], collected);
  return collected;
}

function visit(value: unknown, path: string[], into: Collected): void {
  if (path.length > DEPTH_LIMIT) return;
  if (Array.isArray(value)) visitArray(value, path, into);
  else if (isObject(value)) visitObject(value, path, into);
  else {
    const number = numberOf(value);
    if (number !== undefined) into.scalars.push({ path, value: number });
  }
}

function visitArray(items: unknown[], path: string[], into: Collected): void {
  const objects = items.filter(isObject);
  if (objects.length > 0 && objects.length >= 0.6 * items.length) {
    into.lists.push({ path, axis: 'epoch', records: objects.map((record) => ({ record, key: undefined })) });
    return;
  }
  const pairs = items.filter(isPair);
  if (pairs.length > 0 && pairs.length === items.length) {
    into.series.push({
      path,
      axis: 'step',
      keys: pairs.map(([step]) => step),
      values: pairs.map((pair) => pair[1]),
    });
    return;
  }
  const values = items.map(numberOf);
  const missing = items.filter((item, i) => values[i] === undefined && item !== null).length;
  if (missing > 0.4 * items.length || values.every((number) => number === undefined)) return;
  into.series.push({ path, axis: 'epoch', values, keys: undefined });
}

function visitObject(object: Record<string, unknown>, path: string[], into: Collected): void {
  const entries = Object.entries(object);
  const keys = entries.map(([key]) => KEY.exec(key)?.[1]);
  // `{"1": {…}, "2": {…}}`, `{"loss": {"0": 0.5, "1": 0.4}}` (pandas): the keys are the axis.
  if (entries.length > 0 && keys.every((key) => key !== undefined)) {
    const numbers = entries.map(([, item]) => numberOf(item));
    const axis = /^(?:step|iter)/i.test(entries[0]?.[0] ?? '') ? 'step' : 'epoch';
    if (entries.every(([, item]) => isObject(item))) {
      into.lists.push({
        path,
        axis,
        records: entries.map(([, item], i) => ({ record: item as object, key: Number(keys[i]) })),
      });
      return;
    }
    if (numbers.some((number) => number !== undefined)) {
      into.series.push({ path, axis, keys: keys.map(Number), values: numbers });
      return;
    }
  }
  if (Array.isArray(object['columns']) && Array.isArray(object['data'])) {
    visitSplit(object['columns'], object['data'], path, into);
    return;
  }
  // Sacred: `{"loss": {"steps": […], "values": […]}}`.
  const steps = Array.isArray(object['steps']) ? object['steps'].map(numberOf) : undefined;
  if (steps && Array.isArray(object['values']) && steps.every((step) => step !== undefined)) {
    into.series.push({ path, axis: 'step', keys: steps, values: object['values'].map(numberOf) });
    return;
  }
  for (const [key, item] of entries) visit(item, [...path, key], into);
}

/** pandas `orient="split"`. */
function visitSplit(columns: unknown[], data: unknown[], path: string[], into: Collected): void {
  const names = columns.map(String);
  const records = data.filter(Array.isArray).map((row: unknown[]) => {
    const record = Object.create(null) as Record<string, unknown>;
    names.forEach((name, i) => (record[name] = row[i]));
    return { record, key: undefined };
  });
  if (records.length > 0) into.lists.push({ path, axis: 'epoch', records });
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return value.length > 60 ? undefined : readNumber(value);
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'number' ? value[0] : undefined;
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'number');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
