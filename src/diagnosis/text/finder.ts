/** Positions of a needle in a text, asked for in growing order: linear over the whole text. */
export class Finder {
  private at = -2;
  private readonly text: string;
  private readonly needle: string;
  constructor(text: string, needle: string) {
    this.text = text;
    this.needle = needle;
  }
  from(position: number): number {
    if (this.at === -1 || this.at >= position) return this.at;
    this.at = this.text.indexOf(this.needle, position);
    return this.at;
  }
}

/** For each run of backticks the start of the run that closes it, or -1. */
export function pairBackticks(text: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const runs: { at: number; length: number }[] = [];
  for (const match of text.matchAll(/`+/gu)) runs.push({ at: match.index, length: match[0].length });
  const next = new Map<number, number>();
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const run = runs[index] as { at: number; length: number };
    pairs.set(run.at, next.get(run.length) ?? -1);
    next.set(run.length, run.at);
  }
  return pairs;
}
