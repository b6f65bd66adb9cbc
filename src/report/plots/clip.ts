import type { Line, Spot } from './line.ts';

/**
 * What of a line lies between `low` and `high`, ending exactly there. Renderers clip too, but some drop dashed lines that
 * run far outside.
 */
export function clipLine(
  line: Line,
  { low, high, isLog }: { low: number; high: number; isLog: boolean },
): Line {
  const scale = (y: number): number => (isLog ? Math.log(y) : y);
  const isInside = (y: number): boolean => y >= low && y <= high;
  const result: Line = [];
  const close = (): void => {
    if (result.at(-1) && result.at(-1)?.y !== null) result.push({ x: (result.at(-1) as Spot).x, y: null });
  };
  for (const [index, spot] of line.entries()) {
    const before = line[index - 1];
    const { x, y } = spot;
    if (y === null) {
      result.push(spot);
      continue;
    }
    if (before && before.y !== null) {
      const from = before.y;
      const crossing = (bound: number): Spot => {
        const share = (scale(bound) - scale(from)) / (scale(y) - scale(from));
        return { x: before.x + (x - before.x) * share, y: bound };
      };
      const isLeaving = isInside(from) && !isInside(y);
      const isEntering = !isInside(from) && isInside(y);
      const isPassing = (from < low && y > high) || (from > high && y < low);
      if (isEntering || isPassing) result.push(crossing(from < low ? low : high));
      if (isLeaving || isPassing) {
        result.push(crossing(y < low ? low : high));
        close();
      }
    }
    if (isInside(y)) result.push(spot);
  }
  return result;
}
