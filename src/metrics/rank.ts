interface Ranked {
  relative: string;
  score: number;
  mtimeMs: number;
}

/** Folders that one training numbers as it goes on. */
const NUMBERED = /(?<=(?:^|[/\\])(?:checkpoint|step|iter|epoch)[-_]?)\d+/g;

/**
 * The likeliest first, of those alike the newest. Of `checkpoint-8/…` and `checkpoint-24/…` the latter is the newer, whatever the
 * files' times say: a copied or checked-out folder has lost those.
 */
export function rankCandidates<T extends Ranked>(candidates: readonly T[]): T[] {
  const series = new Map<string, number>();
  const keyed = candidates.map((candidate) => {
    const key = `${candidate.score} ${candidate.relative.replaceAll(NUMBERED, '#')}`;
    series.set(key, Math.max(series.get(key) ?? 0, candidate.mtimeMs));
    return { candidate, key, numbers: (candidate.relative.match(NUMBERED) ?? []).map(Number) };
  });
  return keyed
    .sort(
      (a, b) =>
        b.candidate.score - a.candidate.score ||
        (series.get(b.key) as number) - (series.get(a.key) as number) ||
        (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) ||
        compare(b.numbers, a.numbers) ||
        b.candidate.mtimeMs - a.candidate.mtimeMs,
    )
    .map(({ candidate }) => candidate);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, number] of a.entries()) {
    const difference = number - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
