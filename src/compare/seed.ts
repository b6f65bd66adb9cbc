import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { formatOf, readConfig } from '../config/document.ts';
import { getAt } from '../config/lookup.ts';
import { seedPathOf } from '../init/seed.ts';
import type { Curve } from '../metrics/_contract.ts';

export interface FoundSeed {
  seed: number;
  /** Where it stands, for people. */
  source: string;
  /** `guess`: a number at the end of a name, which may count something else. */
  certainty: 'stated' | 'guess';
  /** Another seed that the name states. */
  contradicted?: string;
}

const NAMED = /(?:^|[^a-z\d])(?:seed|s|rs|rng|random_?(?:seed|state))[-_=.]?(\d{1,12})(?![\d.]*\d)/i;
const TRAILING = /^(.*?)[-_=](\d{1,12})$/;
/** Words before a number that counts something else. */
const COUNTER = /(?:version|epochs?|v|ep|step|steps|iter|ckpt|checkpoint|lr|bs|wd|n|k|layers?)$/i;
const LOOKED_INTO = 20;

/** The seed of a run: as the config beside its log says, as its log says, or as a name on the way to it does. */
export async function findSeed(curve: Curve, named: string): Promise<FoundSeed | undefined> {
  const inside = (await seedOfConfig(curve.file, named)) ?? seedOfLog(curve);
  const byName = seedOfPath(curve.file, named);
  if (!inside || !byName) return inside ?? byName;
  const isContradicted = byName.certainty === 'stated' && byName.seed !== inside.seed;
  return isContradicted ? { ...inside, contradicted: `${byName.source} says ${byName.seed}` } : inside;
}

async function seedOfConfig(file: string, named: string): Promise<FoundSeed | undefined> {
  const folders = [dirname(file), join(dirname(file), '.hydra')];
  // A log may lie deeper than the run's own folder, never higher than what was named.
  const way = relative(named, dirname(file));
  if (way !== '' && !way.startsWith('..')) folders.push(dirname(dirname(file)));
  for (const folder of folders) {
    const names = (await readdir(folder).catch(() => [])).filter(
      (name) => formatOf(name) !== undefined && !/metric|history|result|summary|state|predict/i.test(name),
    );
    names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    for (const name of names.slice(0, LOOKED_INTO)) {
      const document = await readConfig(join(folder, name)).catch(() => undefined);
      const path = document && seedPathOf(document.value);
      const seed = document && path ? getAt(document.value, path) : undefined;
      if (typeof seed === 'number' && Number.isSafeInteger(seed))
        return { seed, source: name, certainty: 'stated' };
    }
  }
  return undefined;
}

function rank(name: string): number {
  return /^(?:hparams|args|config|params|\.hydra)/i.test(name) ? 0 : 1;
}

/** A column `seed` that never changes. */
function seedOfLog({ points, metrics, file }: Curve): FoundSeed | undefined {
  if (!metrics.includes('seed')) return undefined;
  const seeds = new Set(points.flatMap(({ values }) => values['seed'] ?? []));
  const [seed] = seeds;
  return seeds.size === 1 && Number.isSafeInteger(seed)
    ? { seed: seed as number, source: `the column seed of ${basename(file)}`, certainty: 'stated' }
    : undefined;
}

/** `seed42`, `s42`, `seed=42` anywhere on the way; else a number at the end of the last name (`base-42`). */
export function seedOfPath(file: string, named: string): FoundSeed | undefined {
  const inner = relative(named, file);
  const parts = [
    ...inner.split(/[\\/]/).filter((part) => part !== '' && part !== '..'),
    ...named.split(/[\\/]/).slice(-2),
  ];
  const names = [...new Set([basename(file), ...parts.toReversed()])];
  for (const name of names) {
    const digits = NAMED.exec(name)?.[1];
    if (digits !== undefined)
      return { seed: Number(digits), source: `the name ${name}`, certainty: 'stated' };
  }
  const last = basename(named).replace(/\.[a-z]\w*$/i, '');
  const [, head = '', digits] = TRAILING.exec(last) ?? [];
  if (digits === undefined || COUNTER.test(head)) return undefined;
  return { seed: Number(digits), source: `the name ${basename(named)}`, certainty: 'guess' };
}
