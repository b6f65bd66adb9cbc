import type { ConfigMapping } from '../../config/value.ts';
import { CONCEPT_NAMES, conceptsOf, normalizeName, type Concept } from '../words/concepts.ts';
import { isMetricName } from '../words/metrics.ts';
import { listSlots, type Slot } from './slots.ts';

/** What a name can mean: places of the config that bear it, and settings known by it. */
export interface Meaning {
  slots: readonly Slot[];
  concepts: readonly Concept[];
}

/** Words of everyday language: they name a setting only in code, or where the config has such a key and a value is assigned. */
const EVERYDAY = new Set(
  (
    'width nodes depth rank r opt schedule hidden flip precision iterations trees heads layers workers resolution folds crop batch ' +
    'horizon epsilon eps gamma factor discount temp temperature transform transforms degrees rotate estimators leaves neurons aug criterion ' +
    'objective lam gae tau smoothing ema bn rank rotation schedule trees warmup objective smoothing noise alpha beta lambda window stride ' +
    'scale bias hidden steps epoch depth margin threshold folds cycles interval iterations frequency decay power limit limits capacity units'
  ).split(' '),
);

/** Keys that say nothing by themselves; they need their section beside them. */
const GENERIC = new Set(
  (
    'name type kind size version target metric metrics monitor mode path dir root file description project train training test val valid validation data dataset ' +
    'model network loss p prob probability factor alpha gamma beta enabled enable use value params args id task tags notes note device output outputs log logging ' +
    'input inputs class classes method strategy policy goal config settings options general experiment run runs seed optimizer scheduler author date comment comments ' +
    'main common default base key label labels title url host port user verbose debug resume checkpoint checkpoints results result save callbacks callback ' +
    'step start end min max on off epoch trainer baseline issue priority impact effort risk status owner reason source backbone head encoder decoder features target_metric ' +
    'augmentation regularization architecture environment hardware framework score gap error accuracy precision recall report figure table section rate level time'
  ).split(' '),
);

export function isEverydayName(name: string): boolean {
  return EVERYDAY.has(name);
}

export function isGenericName(name: string): boolean {
  return GENERIC.has(name);
}

function add(map: Map<string, Slot[]>, name: string, slot: Slot): void {
  const list = map.get(name);
  if (!list) map.set(name, [slot]);
  else if (!list.includes(slot)) list.push(slot);
}

/** All names by which a config's places and the known settings can be called. */
export class Lexicon {
  readonly root: ConfigMapping;
  readonly slots: readonly Slot[];
  /** Whether every key stands at the root. */
  readonly isFlat: boolean;
  private readonly bySuffix = new Map<string, Slot[]>();
  private readonly byText = new Map<string, Slot>();
  private readonly names: ReadonlySet<string>;
  private readonly starts = new Set<string>();
  /** Longest name in characters, so that the search for longer ones can stop. */
  private readonly longest: number;

  constructor(root: ConfigMapping) {
    this.root = root;
    this.slots = listSlots(root);
    this.isFlat = this.slots.every((slot) => slot.path.length === 1 && !slot.isMapping);
    for (const slot of this.slots) {
      this.byText.set(slot.text, slot);
      this.index(slot);
    }
    const names = new Set(CONCEPT_NAMES);
    for (const name of this.bySuffix.keys()) names.add(name);
    this.names = names;
    let longest = 0;
    for (const name of names) {
      this.starts.add(name.slice(0, 2));
      longest = Math.max(longest, name.length);
    }
    this.longest = Math.min(longest, 80);
  }

  private index(slot: Slot): void {
    const { names } = slot;
    let joined = '';
    for (let at = names.length - 1; at >= 0; at -= 1) {
      joined = (names[at] as string) + joined;
      if (joined !== '' && joined.length <= 80) add(this.bySuffix, joined, slot);
    }
    const last = names.at(-1) ?? '';
    const parent = names.at(-2);
    if (parent === undefined) return;
    // "scheduler patience" for `lr_scheduler.patience`, "early stop patience" for `early_stopping.patience`.
    for (const concept of conceptsOf(parent))
      for (const name of concept.names) if (name !== parent) add(this.bySuffix, name + last, slot);
  }

  slotAt(text: string): Slot | undefined {
    return this.byText.get(text);
  }

  /** Whether a longer name may start with `joined`. */
  mayStart(joined: string): boolean {
    return joined.length <= this.longest && this.starts.has(joined.slice(0, 2));
  }

  has(joined: string): boolean {
    return this.names.has(joined);
  }

  meaningOf(name: string): Meaning {
    const joined = normalizeName(name).replaceAll('.', '');
    return { slots: this.bySuffix.get(joined) ?? [], concepts: conceptsOf(joined) };
  }

  /** Leaf and mapping slots whose last key is called `name` or is known as the same setting. */
  slotsCalled(name: string): Slot[] {
    const normalized = normalizeName(name);
    const exact = this.slots.filter((slot) => slot.names.at(-1) === normalized);
    if (exact.length > 0) return exact;
    return this.slotsOfConcepts(conceptsOf(normalized));
  }

  slotsOfConcepts(concepts: readonly Concept[]): Slot[] {
    if (concepts.length === 0) return [];
    return this.slots.filter((slot) => {
      const last = slot.names.at(-1) ?? '';
      if (isMetricName(last)) return false;
      if (conceptsOf(last).some((concept) => concepts.includes(concept))) return true;
      // `dropout: {rate: 0.1}`, `label_smoothing: {epsilon: 0.1}`, `early_stopping: {patience: 5}` under its joined name.
      const joined = (slot.names.at(-2) ?? '') + last;
      return conceptsOf(joined).some((concept) => concepts.includes(concept));
    });
  }
}
