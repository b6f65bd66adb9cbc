import { readNumber } from '../number.ts';
import { findAxes } from '../axis.ts';

/** A box that Stable-Baselines3 prints: its values under `section/name`, and the step it names. */
export interface Box {
  step: number | undefined;
  values: [name: string, value: number][];
}

const EDGE = /^-{10,}$/;
const ROW = /^\|\s(\s*)(\S[^|]*?)\s*\|\s*([^|]*?)\s*\|$/;
const ROW_LIMIT = 300;

/**
 * Gathers the lines of boxes: an edge of dashes, rows of a name and a value, a name that ends in a slash without one for each
 * section, an edge again. Lines that turn out to be none are given back.
 */
export class BoxWatcher {
  private lines: string[] = [];

  /** Whether lines are held back. */
  get isOpen(): boolean {
    return this.lines.length > 0;
  }

  /** Takes a line; false where it belongs to no box. Call `takeBack` then. */
  take(line: string): Box | boolean {
    const text = line.trim();
    if (EDGE.test(text)) {
      const box = this.lines.length > 1 ? readBox(this.lines) : undefined;
      this.lines = box ? [] : [line];
      return box ?? true;
    }
    if (!this.isOpen || this.lines.length > ROW_LIMIT || !ROW.test(text)) return false;
    this.lines.push(line);
    return true;
  }

  /** Rows held back that were part of no box. */
  takeBack(): string[] {
    const { lines } = this;
    this.lines = [];
    return lines.slice(1);
  }
}

/** Undefined where the rows name neither sections nor time steps, so that any table may be meant. */
function readBox([, ...lines]: readonly string[]): Box | undefined {
  const values: [string, number][] = [];
  let section = '';
  let hasSection = false;
  for (const line of lines) {
    const [, indent = '', name = '', cell = ''] = ROW.exec(line.trim()) ?? [];
    if (cell === '' && name.endsWith('/')) {
      section = name;
      hasSection = true;
      continue;
    }
    if (indent === '') section = '';
    const value = readNumber(cell);
    if (value !== undefined) values.push([section + name, value]);
  }
  const names = values.map(([name]) => name);
  const steps =
    names.find((name) => /(?:^|\/)total_timesteps$/.test(name)) ??
    (hasSection ? findAxes(names).step : undefined);
  if (!hasSection && steps === undefined) return undefined;
  return {
    step: values.find(([name]) => name === steps)?.[1],
    values: values.filter(([name]) => name !== steps),
  };
}
