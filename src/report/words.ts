import type { Change } from '../diagnosis/types.ts';
import { toPlain } from './plain.ts';
import { formatSetting } from './setting.ts';

const SWITCH = /\.(?:enabled?|active|use)$/iu;

/** A change in words: `Added model.dropout=0.4`, `Enabled data.augmentation`, `Reduced early_stopping.patience 10 → 5`. */
export function describeChange({
  path,
  kind,
  from,
  to,
}: Pick<Change, 'path' | 'kind' | 'from' | 'to'>): string {
  const name = toPlain(path, 80);
  const show = (value: typeof from): string => formatSetting(value, 48);
  if (kind === 'removed') return `Removed ${name} (was ${show(from)})`;
  if (typeof to === 'boolean' && (kind === 'new' || typeof from === 'boolean')) {
    return `${to ? 'Enabled' : 'Disabled'} ${name.replace(SWITCH, '')}`;
  }
  if (kind === 'new') return `Added ${name}=${show(to)}`;
  const verb =
    typeof from === 'number' && typeof to === 'number' && from !== to
      ? to < from
        ? 'Reduced'
        : 'Raised'
      : 'Changed';
  return `${verb} ${name} ${show(from)} → ${show(to)}`;
}
