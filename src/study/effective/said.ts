/** A line of a training's output that says that it does not use a setting. */
export interface SaidIgnored {
  line: number;
  text: string;
}

const LONGEST_LINE = 2000;

/** Ways in which trainers say that they do not use something; the names they list follow. */
const SAYINGS: readonly RegExp[] = [
  // XGBoost: Parameters: { "n_estimators", "foo" } are not used.
  /Parameters:\s*\{(?<names>[^}]*)\}\s*(?:are|might) not (?:be )?used/,
  // LightGBM: [Warning] Unknown parameter: foo
  /\[Warning\]\s*Unknown parameter:\s*(?<names>[\w.-]+)/,
  // LightGBM: [Warning] num_leaves is set=31, max_leaves=64 will be ignored.
  /\bis set=[^,]*,\s*(?<names>[\w.-]+)=\S* will be ignored/,
  // Ultralytics: 'optimizer=auto' found, ignoring 'lr0=0.01' and 'momentum=0.937'
  /\bfound, ignoring (?<names>.*?)(?: and determining|$)/,
  // In quotes: ignoring unknown argument 'foo'; unused parameter "foo"; unrecognized key `foo`
  /\b(?:ignor(?:ing|ed)|unused|unknown|unrecogni[sz]ed|unexpected)\b[^'"`]{0,60}(?<names>(?:['"`][\w.=-]+['"`][,\sand]*)+)/i,
  /(?<names>['"`][\w.=-]+['"`])[^'"`]{0,40}\b(?:(?:is|are|was|were|will be) (?:ignored|unused|not used)|has no effect)\b/i,
];

/** Where a log says that the training does not use `key`; undefined where it does not. */
export function findSaidIgnored(log: string, key: string): SaidIgnored | undefined {
  const lines = log.split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    if (raw.length > LONGEST_LINE || !raw.includes(key)) continue;
    for (const saying of SAYINGS) {
      const names = saying.exec(raw)?.groups?.['names'] ?? '';
      const listed = [...names.matchAll(/[\w.-]+(?==|\b)/g)].map(([name]) => name);
      if (listed.some((name) => name === key || name.endsWith(`.${key}`)))
        return { line: index + 1, text: raw.trim().slice(0, 300) };
    }
  }
  return undefined;
}
