import { leafPaths, getAt } from '../config/lookup.ts';
import type { ConfigPath } from '../config/path.ts';
import type { ConfigMapping } from '../config/value.ts';

const SEED =
  /^(?:random|manual|rng|global|torch|np|numpy|train|training)?_?(?:seed|random_state|seed_everything)$/i;

/** Where a config holds the seed: the only key of that name, or the nearest to the top of several. */
export function seedPathOf(config: ConfigMapping): ConfigPath | undefined {
  const found = leafPaths(config).filter((path) => {
    const value = getAt(config, path);
    return (
      SEED.test(String(path.at(-1)).replaceAll('-', '_')) && (typeof value === 'number' || value === null)
    );
  });
  const [first, second] = found.sort((a, b) => a.length - b.length);
  return first && second?.length === first.length ? undefined : first;
}
