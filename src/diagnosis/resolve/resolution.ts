import type { ConfigPath } from '../../config/path.ts';
import type { Slot } from './slots.ts';

/** Where a claim belongs in the config. */
export type Resolution =
  | { kind: 'existing'; path: ConfigPath; slot: Slot; note: string | null }
  | { kind: 'new'; path: ConfigPath }
  | { kind: 'ambiguous'; candidates: readonly string[] }
  | { kind: 'unknown'; candidates: readonly string[] };

/** Candidates are shown to people. */
const MAX_CANDIDATES = 8;

export const UNKNOWN: Resolution = { kind: 'unknown', candidates: [] };

/** `note`: what the report wrote differently, for a warning. */
export function existing(slot: Slot, note: string | null = null): Resolution {
  return { kind: 'existing', path: slot.path, slot, note };
}

export function ambiguous(slots: readonly Slot[]): Resolution {
  return { kind: 'ambiguous', candidates: slots.map((slot) => slot.text).slice(0, MAX_CANDIDATES) };
}

/** The only one of several slots; `ambiguous` where there are more, undefined where there is none. */
export function onlyOf(slots: readonly Slot[], take: (slot: Slot) => Resolution): Resolution | undefined {
  const [only, ...others] = slots;
  if (!only) return undefined;
  return others.length === 0 ? take(only) : ambiguous(slots);
}
