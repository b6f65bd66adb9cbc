import { candidatePaths } from '../scripts.ts';
import type { Flag } from './flag.ts';
import { readModule } from './module.ts';

const DEPTH = 3;
const MOST = 60;

/**
 * The flags that a script takes, from its source and, where it declares none itself, from the local modules that it
 * imports. `isOpen`: a library adds flags of its own (Hugging Face's parsers).
 */
export async function readScriptFlags(
  path: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<{ flags: readonly Flag[]; isOpen: boolean }> {
  const source = await read(path);
  if (source === undefined) return { flags: [], isOpen: false };
  const main = readModule(path, source);
  const isOpen = main.names.has('HfArgumentParser') || main.names.has('TrlParser');
  if (main.flags.length > 0) return { flags: main.flags, isOpen };
  const seen = new Set([path]);
  const flags: Flag[] = [];
  let level = [main];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next: typeof level = [];
    const wanted = level.flatMap((each) =>
      each.imports.flatMap(({ module, names }) => candidatePaths(each.path, module, names)),
    );
    for (const candidate of new Set(wanted)) {
      if (seen.has(candidate) || seen.size > MOST) continue;
      const text = await read(candidate);
      if (text === undefined) continue;
      seen.add(candidate);
      const module = readModule(candidate, text);
      if (!module.hasMain) flags.push(...module.flags);
      next.push(module);
    }
    level = next;
  }
  return { flags, isOpen };
}
