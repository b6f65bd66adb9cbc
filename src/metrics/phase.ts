const PHASES = new Map<string, string>();
for (const word of ['train', 'training', 'trn', 'learn', 'dtrain', 'tr']) PHASES.set(word, 'train');
for (const word of ['val', 'valid', 'validation', 'validate', 'vali', 'dev', 'dval', 'dvalid', 'va'])
  PHASES.set(word, 'val');
for (const word of ['eval', 'evaluation', 'evaluate']) PHASES.set(word, 'eval');
for (const word of ['test', 'testing', 'holdout', 'dtest']) PHASES.set(word, 'test');

const PHASE_KEYS = new Set(
  'phase split mode stage set subset partition dataset type event kind part prefix'.split(' '),
);

/** What is put before the metrics of a phase (`train`, `val`, `eval`, `test`), for a word that names one. */
export function phaseOf(word: string): string | undefined {
  return PHASES.get(word.trim().toLowerCase());
}

/** Whether a column or key of this name may say which phase its values belong to. */
export function isPhaseKey(name: string): boolean {
  return PHASE_KEYS.has(name.trim().toLowerCase());
}

/** A metric's name with its phase in front, unless it says so itself. */
export function withPhase(phase: string | undefined, name: string): string {
  if (phase === undefined) return name;
  const first = /^[a-z]+/i.exec(name)?.[0];
  return first !== undefined && phaseOf(first) !== undefined ? name : `${phase}_${name}`;
}
