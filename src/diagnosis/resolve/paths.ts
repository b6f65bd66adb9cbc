import type { ConfigPath } from '../../config/path.ts';
import type { Claim } from '../claims/claim.ts';
import { conceptsOf, normalizeName } from '../words/concepts.ts';
import { leafOf } from './leaf.ts';
import { isGenericName, type Lexicon } from './lexicon.ts';
import { isKey } from './new-key.ts';
import {
  childrenOf,
  deepestSection,
  endsWith,
  isCalled,
  isSubsequence,
  sectionAt,
  slotAt,
} from './relatives.ts';
import { ambiguous, existing, onlyOf, UNKNOWN, type Resolution } from './resolution.ts';
import { valueAt, type Slot } from './slots.ts';

const FILE_ROOT =
  /^(?:config|cfg|conf|args|hparams|hp|params|training_config|train_config|optimization_config|new_config|optimized_config|self|opt)$/iu;

/** `config.model.dropout`: the first key names the file, where the config has no such section. */
export function withoutFileRoot(keys: ConfigPath, lexicon: Lexicon): ConfigPath {
  const [first] = keys;
  const isRoot =
    typeof first === 'string' && FILE_ROOT.test(first) && valueAt(lexicon.root, [first]) === undefined;
  return isRoot ? keys.slice(1) : keys;
}

/** `training.lr` where the config has `optimizer.learning_rate` only: a training has one learning rate. */
function resolveElsewhere(
  keys: ConfigPath,
  section: Slot | undefined,
  lexicon: Lexicon,
): Resolution | undefined {
  const last = keys.at(-1);
  if (typeof last !== 'string' || isGenericName(normalizeName(last))) return undefined;
  const found = lexicon.slotsCalled(last).filter((slot) => !slot.isMapping);
  const [only, ...others] = found;
  if (!only) return undefined;
  if (others.length > 0) return section ? undefined : ambiguous(found);
  const isSingle = conceptsOf(last).some((concept) => concept.isSingle);
  if (!isSingle && section && !isSubsequence(keys, only)) return undefined;
  return existing(only, `${keys.join('.')} was read as ${only.text}, the only such setting of the config.`);
}

/** Finds the place of a path of two keys or more, as written in a fragment or with dots. */
export function resolvePath(keys: ConfigPath, claim: Claim, lexicon: Lexicon): Resolution {
  const take = (slot: Slot): Resolution => existing(leafOf(lexicon, slot, claim));
  const exact = slotAt(lexicon, keys);
  if (exact) return take(exact);
  const suffix = onlyOf(
    lexicon.slots.filter((slot) => endsWith(slot, keys)),
    take,
  );
  if (suffix) return suffix;
  const last = keys.at(-1);
  const section = sectionAt(lexicon, keys.slice(0, -1));
  if (section && typeof last === 'string') {
    const concepts = conceptsOf(last);
    const alias = onlyOf(
      childrenOf(lexicon, section).filter((slot) => isCalled(slot, concepts)),
      take,
    );
    if (alias) return alias;
  }
  const elsewhere = claim.mark === 'new' ? undefined : resolveElsewhere(keys, section, lexicon);
  if (elsewhere) return elsewhere;
  if (last === undefined || !keys.every((key) => typeof key === 'number' || isKey(key))) return UNKNOWN;
  if (section) return { kind: 'new', path: [...section.path, last] };
  if (lexicon.isFlat && lexicon.dottedSlots.length > 0) return { kind: 'new', path: [keys.join('.')] };
  const head = deepestSection(lexicon, keys);
  if (claim.isWeak && head.length === 0) return UNKNOWN;
  return { kind: 'new', path: [...head, ...keys.slice(head.length)] };
}
