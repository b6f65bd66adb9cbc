import type { ConfigDocument } from '../_contract.ts';
import { diffValues } from '../diff.ts';
import { isMapping } from '../lookup.ts';
import { styleOf } from '../number.ts';
import type { ConfigPath } from '../path.ts';
import type { ConfigMapping, ConfigValue } from '../value.ts';
import type { Override, OverrideStyle } from './_contract.ts';

/** What a style hands over so that a training with the baseline's config trains with `target`. */
export function overridesFor(
  base: ConfigDocument,
  target: ConfigMapping,
  style: Pick<OverrideStyle, 'lists' | 'mappings'>,
): Override[] {
  return diffValues(base.value, target).flatMap(({ path, kind, from, to }) => {
    const whole: Override = { path, kind, from, value: to, isFloat: isFloat(base, path, from) };
    if (style.lists === 'items' && holdsMappings(from) && holdsMappings(to)) {
      const items = diffValues({ list: from }, { list: to }, { items: true });
      return items.map((item): Override => {
        const at = [...path, ...item.path.slice(1)];
        return {
          path: at,
          kind: item.kind,
          from: item.from,
          value: item.to,
          isFloat: isFloat(base, at, item.from),
        };
      });
    }
    // In place of something else a mapping stands as one value: its keys alone would be merged into what was there.
    return kind === 'new' && style.mappings === 'leaves' ? leavesOf(whole) : [whole];
  });
}

function holdsMappings(value: ConfigValue): boolean {
  return Array.isArray(value) && value.some(isMapping);
}

/** A mapping key by key; an empty one stays what it is. */
function leavesOf(override: Override): Override[] {
  const { path, value } = override;
  if (!isMapping(value) || Object.keys(value).length === 0) return [override];
  return Object.entries(value).flatMap(([key, item]) =>
    leavesOf({ path: [...path, key], kind: 'new', from: null, value: item, isFloat: false }),
  );
}

function isFloat(base: ConfigDocument, path: ConfigPath, from: ConfigValue): boolean {
  if (typeof from !== 'number') return false;
  const spelling = base.spellingOf(path);
  return !Number.isInteger(from) || (spelling !== undefined && styleOf(spelling).float === true);
}
