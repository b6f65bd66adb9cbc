import type { ConfigValue } from '../../config/value.ts';
import { isMapping } from './slots.ts';

/** What a claim comes to in its slot. */
export type Coerced =
  | { kind: 'value'; value: ConfigValue }
  | { kind: 'removed' }
  | { kind: 'invalid'; message: string }
  | { kind: 'no-value'; message: string };

export const TRUE = /^(?:true|yes|on|enabled?|ja|oui|sí|si|是|有効)$/iu;
export const FALSE = /^(?:false|no|off|disabled?|nein|non|否|無効)$/iu;

export function value(of: ConfigValue): Coerced {
  return { kind: 'value', value: of };
}

export function invalid(message: string): Coerced {
  return { kind: 'invalid', message };
}

export function show(what: ConfigValue): string {
  if (typeof what === 'number') return String(what);
  return typeof what === 'string' ? what : JSON.stringify(what);
}

export function kindOf(what: ConfigValue): string {
  if (what === null) return 'null';
  if (Array.isArray(what)) return 'a list';
  if (isMapping(what)) return 'a mapping';
  return typeof what === 'boolean' ? 'true/false' : typeof what === 'number' ? 'a number' : 'text';
}
