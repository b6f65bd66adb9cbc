import type { ConfigMapping } from '../../config/value.ts';
import { CONCEPT_NAMES, conceptsOf, isConceptName, normalizeName, type Concept } from '../words/concepts.ts';
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
    'clip clipping width nodes depth rank r opt schedule hidden flip precision iterations trees heads layers workers resolution folds crop batch ' +
    'horizon epsilon eps gamma factor discount temp temperature transform transforms degrees rotate estimators leaves neurons aug criterion ' +
    'objective lam gae tau smoothing ema bn rotation noise alpha beta lambda window stride ' +
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

const LONGEST = 80;
/** `use_ema` is called "EMA". */
const SWITCH = /^(?:use|enable|with|do|apply)[_-]([a-z][\w-]+)$/iu;
/** A schedule that is a switch of its own: `cos_lr`. */
const COSINE = /^(?:use)?cos(?:ine)?(?:lr|schedule|scheduler|annealing|decay)?$/u;
const COSINE_NAMES = ['', 'lr', 'learningrate'].flatMap((rate) =>
  ['schedule', 'scheduler', 'annealing', 'decay'].flatMap((noun) => [
    `cosine${rate}${noun}`,
    `cosine${noun}${rate}`,
  ]),
);
const QUALIFIER = /^[a-z]{3,20}$/u;
/** Aliases that are short words of their own make no name together with another word. */
const SHORTEST_ALIAS = 2;

/** `lr_head`, `backbone_lr`: "head learning rate", "learning rate for the head". */
function qualifiedNames(key: string): string[] {
  const parts = key.toLowerCase().split(/[_-]/u);
  if (parts.length !== 2 || conceptsOf(key).length > 0) return [];
  const out: string[] = [];
  for (const [setting, other] of [parts, [...parts].reverse()] as [string, string][]) {
    const [concept, ...others] = conceptsOf(setting);
    if (!concept?.isSingle || others.length > 0 || !QUALIFIER.test(other)) continue;
    for (const alias of concept.names)
      if (alias.length >= SHORTEST_ALIAS)
        out.push(other + alias, `${alias}forthe${other}`, `${alias}ofthe${other}`, `${alias}for${other}`);
  }
  return out;
}
const CONCEPT_STARTS: ReadonlySet<string> = new Set(CONCEPT_NAMES.map((name) => name.slice(0, 2)));

function push<Key>(map: Map<Key, Slot[]>, key: Key, slot: Slot): void {
  const list = map.get(key);
  if (list) list.push(slot);
  else map.set(key, [slot]);
}

function add(map: Map<string, Slot[]>, name: string, slot: Slot): void {
  const list = map.get(name);
  if (!list) map.set(name, [slot]);
  else if (!list.includes(slot)) list.push(slot);
}

const lexicons = new WeakMap<ConfigMapping, Lexicon>();

/** The lexicon of a config, built once. */
export function lexiconOf(root: ConfigMapping): Lexicon {
  const found = lexicons.get(root) ?? new Lexicon(root);
  lexicons.set(root, found);
  return found;
}

/** All names by which a config's places and the known settings can be called. */
export class Lexicon {
  readonly root: ConfigMapping;
  readonly slots: readonly Slot[];
  /** Whether every key stands at the root. */
  readonly isFlat: boolean;
  /** Places whose own key holds dots: `"optim.lr"`. */
  readonly dottedSlots: readonly Slot[];
  private readonly bySuffix = new Map<string, Slot[]>();
  private readonly byText = new Map<string, Slot>();
  private readonly starts = new Set<string>();
  private readonly byConcept = new Map<Concept, Slot[]>();
  private readonly byLast = new Map<string, Slot[]>();
  private readonly sections = new Set<string>();

  constructor(root: ConfigMapping) {
    this.root = root;
    this.slots = listSlots(root);
    this.isFlat = this.slots.every((slot) => slot.path.length === 1 && !slot.isMapping);
    this.dottedSlots = this.slots.filter((slot) => String(slot.path.at(-1)).includes('.'));
    for (const slot of this.slots) {
      this.byText.set(slot.text, slot);
      this.index(slot);
      this.indexConcepts(slot);
      if (slot.isMapping) this.sections.add(slot.text).add(String(slot.path.at(-1)));
    }
    for (const name of this.bySuffix.keys()) this.starts.add(name.slice(0, 2));
  }

  private index(slot: Slot): void {
    const { names } = slot;
    let joined = '';
    for (let at = names.length - 1; at >= 0; at -= 1) {
      joined = (names[at] as string) + joined;
      if (joined !== '' && joined.length <= 80) add(this.bySuffix, joined, slot);
    }
    const last = names.at(-1) ?? '';
    const counted = /^(?:num|n|nb)(?=[a-z]{3})(.+)$/u.exec(last)?.[1];
    if (counted !== undefined && /^(?:num|n|nb)[_-]/iu.test(String(slot.path.at(-1))))
      add(this.bySuffix, `numberof${counted}`, slot);
    const switched = typeof slot.value === 'boolean' ? SWITCH.exec(String(slot.path.at(-1)))?.[1] : undefined;
    if (typeof slot.value === 'boolean' && COSINE.test(last))
      for (const name of COSINE_NAMES) add(this.bySuffix, name, slot);
    if (switched !== undefined) add(this.bySuffix, normalizeName(switched), slot);
    for (const name of qualifiedNames(String(slot.path.at(-1)))) add(this.bySuffix, name, slot);
    const parent = names.at(-2);
    if (parent === undefined) return;
    // "scheduler patience" for `lr_scheduler.patience`, "early stop patience" for `early_stopping.patience`.
    for (const concept of conceptsOf(parent))
      for (const name of concept.names) if (name !== parent) add(this.bySuffix, name + last, slot);
  }

  /** A slot is known by its own name and, as in `dropout: {rate: 0.1}`, by its section's and its own together. */
  private indexConcepts(slot: Slot): void {
    const last = slot.names.at(-1) ?? '';
    push(this.byLast, last, slot);
    if (isMetricName(last)) return;
    for (const concept of new Set([...conceptsOf(last), ...conceptsOf((slot.names.at(-2) ?? '') + last)]))
      push(this.byConcept, concept, slot);
  }

  /** Whether the config has a section of that name or path. */
  isSection(name: string): boolean {
    return this.sections.has(name);
  }

  slotAt(text: string): Slot | undefined {
    return this.byText.get(text);
  }

  /** Whether a longer name may start with `joined`. */
  mayStart(joined: string): boolean {
    const start = joined.slice(0, 2);
    return joined.length <= LONGEST && (CONCEPT_STARTS.has(start) || this.starts.has(start));
  }

  has(joined: string): boolean {
    return this.bySuffix.has(joined) || isConceptName(joined);
  }

  /** Whether a name is that of sections only: in a sentence it says where, not what. */
  isOnlySection(joined: string): boolean {
    const slots = this.bySuffix.get(joined);
    return slots !== undefined && slots.every((slot) => slot.isMapping) && !isConceptName(joined);
  }

  meaningOf(name: string): Meaning {
    const joined = normalizeName(name).replaceAll('.', '');
    return { slots: this.bySuffix.get(joined) ?? [], concepts: conceptsOf(joined) };
  }

  /** Leaf and mapping slots whose last key is called `name` or is known as the same setting. */
  slotsCalled(name: string): Slot[] {
    const normalized = normalizeName(name);
    const exact = this.byLast.get(normalized);
    if (exact) return exact;
    return this.slotsOfConcepts(conceptsOf(normalized));
  }

  slotsOfConcepts(concepts: readonly Concept[]): Slot[] {
    const [only] = concepts;
    if (concepts.length <= 1) return only ? (this.byConcept.get(only) ?? []) : [];
    return [...new Set(concepts.flatMap((concept) => this.byConcept.get(concept) ?? []))];
  }
}
