import { compareError } from './errors.ts';
import type { ReadRun } from './runs.ts';

export interface PairingPlan {
  /** Whether seeds are known and can tell the runs of each group apart. */
  isBySeed: boolean;
  /** Why not, where that needs saying. */
  why: string | null;
}

/** Whether the runs can be paired by their seeds. Two runs of one group with the same stated seed are refused. */
export function pairingOf(baseline: readonly ReadRun[], optimized: readonly ReadRun[]): PairingPlan {
  for (const group of [baseline, optimized]) {
    const twice = findTwice(group);
    if (!twice) continue;
    const [first, second] = twice;
    const isSame = first.curve.file === second.curve.file;
    if (isSame || first.seed?.certainty === 'stated') {
      throw compareError(
        'COMPARE_SEED_TWICE',
        isSame
          ? `${first.curve.file} is named twice in one group.`
          : `${first.label} and ${second.label} both have seed ${first.seed?.seed} (${[...new Set([first.seed?.source, second.seed?.source])].join(', ')}): they would count twice.`,
        { file: second.curve.file, remedy: 'Keep one of them.' },
      );
    }
    return {
      isBySeed: false,
      why: `Two runs end in the same number (${first.seed?.seed}), so it is no seed.`,
    };
  }
  return { isBySeed: true, why: null };
}

function findTwice(group: readonly ReadRun[]): [ReadRun, ReadRun] | undefined {
  for (const [index, run] of group.entries()) {
    const other = group
      .slice(index + 1)
      .find(
        ({ curve, seed }) =>
          curve.file === run.curve.file || (seed !== undefined && seed.seed === run.seed?.seed),
      );
    if (other) return [run, other];
  }
  return undefined;
}

/** How the runs were paired, in a sentence, and what is odd about them. */
export function describePairing(
  plan: PairingPlan,
  baseline: readonly ReadRun[],
  optimized: readonly ReadRun[],
  pairing: 'seed' | 'position' | 'none',
): string[] {
  const notes: string[] = plan.why === null ? [] : [plan.why];
  const all = [...baseline, ...optimized];
  const known = all.filter(({ seed }) => seed !== undefined);
  const sources = [
    ...new Set(
      known.map(({ seed }) => (seed?.source.startsWith('the name') ? 'names' : (seed?.source ?? ''))),
    ),
  ];
  if (pairing === 'seed' && all.length > 2) {
    const shared = baseline.flatMap(({ seed }) =>
      optimized.some((other) => other.seed?.seed === seed?.seed) ? (seed?.seed ?? []) : [],
    );
    notes.push(
      `Paired by seed (${shared.slice(0, 12).join(', ')}${shared.length > 12 ? ', …' : ''}), read from ${sources.slice(0, 4).join(', ')}.`,
    );
  } else if (pairing === 'none' && all.length > 2 && known.length < all.length) {
    const unknown = all.filter(({ seed }) => seed === undefined).map(({ label }) => label);
    notes.push(
      `No seed was found for ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''}: neither in a config beside the log nor in its name.`,
    );
  }
  const both = baseline.find(({ curve }) => optimized.some((other) => other.curve.file === curve.file));
  if (both) notes.push(`${both.label} stands in both groups: it is compared with itself.`);
  return notes;
}
