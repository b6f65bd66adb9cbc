import { UNKNOWN } from './observed.ts';
import { plainName, spellingOf, type Flag } from './python/flag.ts';
import { assignRoles, roleOfName, valueFor, type Role } from './role.ts';

export interface FilledCommand {
  /** Arguments behind the script. */
  words: string[];
  /** Required flags that nothing gives a value. */
  open: Flag[];
  /** What stood where `{config}` stands now. */
  replaced: string[];
}

/** The arguments of a script from its declared flags: every role it has a flag for, and nothing else. */
export function fillFromFlags(flags: readonly Flag[], command: string | null): FilledCommand {
  const own = flags.filter((flag) => flag.command === null || flag.command === command);
  const roles = assignRoles(own);
  const valueOf = new Map([...roles.values()].map(({ flag, value }) => [flag, value]));
  const words = command === null ? [] : [command];
  const open: Flag[] = [];
  for (const flag of own.filter(({ isPositional }) => isPositional)) {
    const value = valueOf.get(flag) ?? (flag.isRequired ? undefined : null);
    if (value === undefined) open.push(flag);
    else if (value !== null) words.push(value);
  }
  for (const role of ['config', 'output', 'seed', 'checkpoints'] as const) {
    const assigned = roles.get(role);
    if (assigned && !assigned.flag.isPositional) words.push(spellingOf(assigned.flag), assigned.value);
  }
  open.push(...own.filter((flag) => isOpen(flag, words) && !valueOf.has(flag)));
  return { words, open, replaced: [] };
}

/**
 * An observed command's arguments with placeholders for what Pawl hands over; roles it does not use but the script has
 * a flag for are added. Undefined where it uses a flag that the script does not have: it is outdated.
 */
export function fillFromObserved(
  args: readonly string[],
  flags: readonly Flag[],
  isConfig: (word: string) => boolean,
): FilledCommand | undefined {
  const command = args.find((word) => flags.some((flag) => flag.command === word)) ?? null;
  const own = flags.filter((flag) => flag.command === null || flag.command === command);
  const roles = assignRoles(own);
  const roleOf = (name: string): { role: Role; value: string } | undefined => {
    for (const [role, { flag, value }] of roles) if (flag.names.includes(name)) return { role, value };
    if (own.length > 0) return undefined;
    const role = roleOfName(name);
    const value = role && valueFor(role, { names: [name], default: undefined, help: '' });
    return role && value !== undefined ? { role, value } : undefined;
  };
  const words: string[] = [];
  const replaced: string[] = [];
  const seen = new Set<Role>();
  const given = new Set<Flag>();
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as string;
    const [, name = word, inline] = /^(--?[\w.-]+)=(.*)$/s.exec(word) ?? [];
    const known = own.find(({ names }) => names.includes(name));
    if (known) given.add(known);
    if (/^-{1,2}[A-Za-z]/.test(name)) {
      if (own.length > 0 && !known && !isNegation(name, own)) return undefined;
      const assigned = roleOf(name);
      const value = inline ?? args[i + 1];
      if (!assigned || value === undefined || (seen.has(assigned.role) && assigned.role !== 'config')) {
        words.push(inline === undefined || !isConfig(inline) ? escape(word) : `${name}={config}`);
        if (inline !== undefined && isConfig(inline)) replaced.push(inline);
        continue;
      }
      // The extension of a file that is written stays what it was.
      const template = assigned.role === 'output' ? withName(assigned.value, value) : assigned.value;
      if (assigned.role === 'config' && !value.includes(UNKNOWN)) replaced.push(value);
      seen.add(assigned.role);
      words.push(...(inline === undefined ? [name, template] : [`${name}=${template}`]));
      if (inline === undefined) i++;
    } else if (isConfig(word) && !seen.has('config')) {
      seen.add('config');
      replaced.push(word);
      words.push('{config}');
    } else words.push(escape(word));
  }
  for (const [role, { flag, value }] of roles) {
    const isUsed = words.some((word) => word.includes(`{${role}}`));
    if (!isUsed && !flag.isPositional && !given.has(flag)) words.push(spellingOf(flag), value);
  }
  const hasPositional = own.some(({ isPositional }) => isPositional);
  const open = own.filter(
    (flag) => isOpen(flag, words) && !given.has(flag) && !words.includes(spellingOf(flag)),
  );
  if (words.some((word) => word.includes(UNKNOWN))) return undefined;
  return hasPositional && args.length === 0 ? undefined : { words, open, replaced };
}

/** Whether somebody has to give it a value; the rank of a process is given by the launcher. */
function isOpen({ isRequired, isPositional, isFromConfig, names }: Flag, words: readonly string[]): boolean {
  if (isFromConfig === true && words.includes('{config}')) return false;
  return isRequired && !isPositional && !names.some((name) => /^-*local[_-]rank$/.test(name));
}

/** `--no-augment` of `--augment`. */
function isNegation(name: string, flags: readonly Flag[]): boolean {
  const plain = plainName(name);
  if (/^(?:help|h|version)$/.test(plain)) return false;
  return flags.some(({ names }) => names.some((each) => plain === `no_${plainName(each)}`));
}

/** `{output}` for a folder; for a file that was written, its name in the run's folder. */
function withName(template: string, value: string): string {
  const file = /([^/\\]+\.(?:csv|tsv|jsonl?|ndjson|log|txt))$/i.exec(value)?.[1];
  return file === undefined || template.includes('/') ? template : `${template}/${file}`;
}

/** Braces in a word of a command that is not a placeholder are doubled. */
function escape(word: string): string {
  return word.replaceAll(/\{([A-Za-z_]\w*)\}/g, '{{$1}}');
}
