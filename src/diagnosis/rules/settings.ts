import type { ConfigDocument } from '../../config/_contract.ts';
import type { ConfigPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import { lexiconOf, type Lexicon } from '../resolve/lexicon.ts';
import { styledKey } from '../resolve/new-key.ts';
import type { Slot } from '../resolve/slots.ts';
import { conceptsOf, normalizeName } from '../words/concepts.ts';

/** A setting as the config has it. */
export interface Setting {
  path: ConfigPath;
  /** `formatPath(path)`. */
  text: string;
  key: string;
  value: ConfigValue;
}

/** What a config says of the training, whatever its keys are called. */
export interface Settings {
  /** All places of a known setting (`learning_rate`, `dropout`, …) that are no sections. */
  all(concept: string): readonly Setting[];
  /** The only place of it; undefined where there is none, or several that could be meant. */
  one(concept: string): Setting | undefined;
  /** The number at the only place of it; null where there is none. */
  number(concept: string): number | null;
  /** Where a setting that the config lacks would stand, if that is clear: in its usual section, or at the root of a flat config. */
  place(concept: string): ConfigPath | undefined;
  /** Places whose own key is one of these names, case and separators aside. */
  called(names: readonly string[]): readonly Setting[];
  readonly optimizer: 'adam' | 'sgd' | 'other' | null;
  /** Whether the optimizer is one that adds weight decay to the gradient (Adam, SGD) instead of to the weights (AdamW). */
  readonly isDecayCoupled: boolean;
  /** Whether a whole config was given. */
  readonly isKnown: boolean;
}

/** `hidden: 0.1` inside `dropout:` and the like are found by their section and key together. */
function toSetting(slot: Slot): Setting {
  return { path: slot.path, text: slot.text, key: String(slot.path.at(-1)), value: slot.value };
}

/** Sections that a key of the training itself does not stand in: of several places, those in such sections do not count. */
const SIDELINES =
  /^(?:test|eval|evaluation|inference|predict|teacher|discriminator|finetune|swa|ema|logging|scheduler|lrscheduler|warmup|callbacks?|plateau|search|sweep)$/;

export function readSettings(document: ConfigDocument | null): Settings {
  if (document === null)
    return {
      all: () => [],
      one: () => undefined,
      number: () => null,
      place: () => undefined,
      called: () => [],
      optimizer: null,
      isDecayCoupled: false,
      isKnown: false,
    };
  const lexicon = lexiconOf(document.value);
  const all = (concept: string): Setting[] => {
    const [known] = conceptsOf(concept).filter(({ id }) => id === concept);
    if (!known) return [];
    const slots = lexicon
      .slotsOfConcepts([known])
      .filter((slot) => !slot.isMapping && !slot.path.some((key) => typeof key === 'number'));
    return slots.map(toSetting);
  };
  const one = (concept: string): Setting | undefined => {
    const found = all(concept);
    if (found.length <= 1) return found[0];
    const main = found.filter(
      ({ path }) => !path.slice(0, -1).some((key) => SIDELINES.test(normalizeName(String(key)))),
    );
    if (main.length === 1) return main[0];
    const usual = (main.length > 0 ? main : found).filter(
      ({ key }) => normalizeName(key) === normalizeName(concept),
    );
    return usual.length === 1 ? usual[0] : undefined;
  };
  const called = (names: readonly string[]): Setting[] =>
    lexicon.slots.filter((slot) => !slot.isMapping && names.includes(slot.names.at(-1) ?? '')).map(toSetting);
  return {
    all,
    one,
    number: (concept) => {
      const value = one(concept)?.value;
      return numberOf(value);
    },
    place: (concept) => (all(concept).length > 0 ? undefined : placeFor(concept, lexicon)),
    called,
    optimizer: familyOf(lexicon.slots) ?? familyBySection(lexicon.slots),
    isDecayCoupled: lexicon.slots.some(
      ({ value, names }) =>
        typeof value === 'string' &&
        isOptimizerKey(names) &&
        /^(?:adam|sgd)$/iu.test(value.split('.').at(-1) ?? ''),
    ),
    isKnown: true,
  };
}

function placeFor(concept: string, lexicon: Lexicon): ConfigPath | undefined {
  const [known] = conceptsOf(concept).filter(({ id }) => id === concept);
  if (!known || lexicon.slots.length === 0) return undefined;
  if (lexicon.isFlat) return lexicon.dottedSlots.length > 0 ? undefined : [styledKey(known.key, lexicon)];
  const [usual = ''] = known.parents;
  const names = usual === 'training' ? ['training', 'train', 'trainer'] : [usual];
  const sections = lexicon.slots.filter(
    (slot) => slot.isMapping && slot.path.length === 1 && names.includes(slot.names[0] ?? ''),
  );
  const [section] = sections;
  if (section && sections.length === 1) return [...section.path, styledKey(known.key, lexicon)];
  return undefined;
}

/** Numbers, and the numbers that YAML 1.1 and 1.2 disagree about (`1e-4` as text). */
export function numberOf(value: ConfigValue | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(value.trim()))
    return Number(value);
  return null;
}

const isOptimizerKey = (names: readonly string[]): boolean =>
  names.some((name) => /optim|solver|^opt$/u.test(name));

/** `sgd: {lr: 0.1}` and `adam_lr: 0.001` name the optimizer too, where only one is named so. */
function familyBySection(slots: readonly Slot[]): Settings['optimizer'] {
  const found = new Set<'adam' | 'sgd'>();
  for (const { names } of slots) {
    const own = names.at(-1) ?? '';
    if (/^adamw?(?:lr|learningrate)?$/u.test(own)) found.add('adam');
    if (/^sgd(?:lr|learningrate|momentum)?$/u.test(own)) found.add('sgd');
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

function familyOf(slots: readonly Slot[]): Settings['optimizer'] {
  for (const { value, names } of slots) {
    if (typeof value !== 'string') continue;
    const isNamed = isOptimizerKey(names);
    const word = value.split('.').at(-1)?.toLowerCase() ?? '';
    if (/adam|lamb|lion|adafactor|adagrad|nadam|adabelief/u.test(word)) return 'adam';
    if (isNamed && /^(?:sgd|momentum|nesterov|sgd_?momentum|lars|rmsprop)/u.test(word))
      return word.startsWith('rms') ? 'adam' : 'sgd';
    if (
      isNamed &&
      /^(?:name|type|kind|optimi[sz]er|optim|opt|solver|class|target)$/u.test(names.at(-1) ?? '') &&
      word !== ''
    )
      return 'other';
  }
  return null;
}
