import { equalValues } from '../../config/lookup.ts';
import { parsePath, type ConfigPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Change } from '../../diagnosis/types.ts';
import type { EffectiveConfig } from './files.ts';
import { locate, type Located } from './locate.ts';
import { ignoringRule } from './rules.ts';
import { isSame, isTextual, unwrap } from './same-value.ts';

/** What a trainer's own record of its config says of a change. */
export type Arrival =
  /** As meant; `where` is file and line. */
  | { kind: 'arrived'; where: string; seen: ConfigValue }
  /** The record still says what the baseline says. */
  | { kind: 'absent'; where: string; seen: ConfigValue }
  | { kind: 'other'; where: string; seen: ConfigValue }
  /** As meant, but the trainer is known not to use it. */
  | { kind: 'ignored'; where: string; seen: ConfigValue; why: string };

/** Undefined where no record holds the setting. `wanted` is what the run's config said, undefined where it was removed. */
export function judgeArrival(
  change: Pick<Change, 'path' | 'from' | 'kind'>,
  wanted: ConfigValue | undefined,
  records: readonly EffectiveConfig[],
): Arrival | undefined {
  const path = parsePath(change.path) ?? [change.path];
  // A record holds what a choice of the defaults list brought in, not the choice.
  if (path[0] === 'defaults' && path.length > 1) return undefined;
  for (const { name, document } of records) {
    const at = locate(document, path);
    if (!at) continue;
    const where = placeOf(name, at);
    const seen = unwrap(at.value, wanted === undefined ? change.from : wanted, isTextual(document));
    if (wanted === undefined) return isSame(seen, change.from) ? { kind: 'absent', where, seen } : undefined;
    // Where both mean the same (`AdamW`, `adamw`), the record is asked to the letter.
    const isOld = change.kind !== 'new' && isSame(seen, change.from);
    if (!isSame(seen, wanted) || (isOld && equalValues(seen, change.from))) {
      return { kind: isOld ? 'absent' : 'other', where, seen };
    }
    const why = whyIgnored({ name, document }, at.path);
    return why === undefined ? { kind: 'arrived', where, seen } : { kind: 'ignored', where, seen, why };
  }
  return undefined;
}

/** Why the trainer of a config is known not to use a setting of it; undefined where it is not known. */
export function whyIgnored({ name, document }: EffectiveConfig, path: ConfigPath): string | undefined {
  const rule = ignoringRule(document, String(path.at(-1)));
  if (!rule) return undefined;
  const cause = placeOf(name, { line: document.lineOf([rule.because]) });
  const setting = `${rule.because}: ${show(document.value[rule.because] ?? null)}`;
  return `with ${setting} (${cause}) ${rule.trainer} ${rule.explain}; ${rule.remedy}`;
}

function placeOf(name: string, { line }: Pick<Located, 'line'>): string {
  return line === undefined ? name : `${name}:${line}`;
}

export function show(value: ConfigValue): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
