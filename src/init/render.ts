import type { StyleName } from '../config/overrides/registry.ts';
import type { Guess, Proposal } from './proposal.ts';

/** A proposal as the text of a pawl.yaml, every line explained. Nothing of what was found can add a line to it. */
export function renderProject(
  { settings, guesses, missing, resume, isComplete }: Proposal,
  schema: string,
): string {
  const why = (key: string): string[] =>
    guesses
      .filter((guess) => guess.key === key)
      .flatMap((guess) => [`Found: ${guess.why}.`, ...alternatives(guess)].map(comment));
  const lacks = (key: string): string[] =>
    missing
      .filter((each) => each.key === key)
      .flatMap(({ message, write }) => [`Missing: ${message}`, `  → ${write}`].map(comment));
  const note = (key: string, ...about: string[]): string[] => [
    ...about.map(comment),
    ...why(key),
    ...lacks(key),
  ];
  const { train, baseline } = settings;
  const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  const blocks: string[][] = [
    [
      comment(`yaml-language-server: $schema=${schema}`),
      comment(
        isComplete
          ? 'Proposed by `pawl init` from what lies in this folder: please check each line.'
          : 'A proposal of `pawl init` that cannot work yet: see what is missing.',
      ),
    ],
    [
      ...note(
        'train',
        settings.shell
          ? 'How a training is started, through sh: Pawl fills in {config}, {output} and {seed}, and sets PAWL_CONFIG and PAWL_OUTPUT.'
          : 'How a training is started: Pawl fills in {config}, {output}, {seed} and {checkpoints}. No shell is involved.',
      ),
      ...(train === null ? ['# train:'] : entry('train', train)),
      ...(settings.shell ? ['shell: true'] : []),
      ...(resume === null
        ? []
        : [
            '# Arguments that continue an interrupted run; without them it starts again.',
            comment(`resume: ${resume}`),
          ]),
    ],
    ...(settings.environment
      ? [
          [
            comment('Set for the training.'),
            'environment:',
            ...Object.entries(settings.environment).flatMap(([name, value]) => `  ${name}: ${scalar(value)}`),
          ],
        ]
      : []),
    ...(settings.overrides === undefined
      ? []
      : [
          [
            comment(`How changes reach the training: ${HANDED[styleOf(settings.overrides)]}.`),
            ...overridesEntry(settings.overrides),
          ],
        ]),
    [
      'baseline:',
      ...indent(
        note(
          'baseline.config',
          "The baseline's config: the recommended changes are applied to a copy of it.",
        ),
      ),
      ...indent(baseline.config === null ? ['# config:'] : entry('config', baseline.config)),
      ...indent(
        note(
          'baseline.results',
          'An existing run of it to compare with; without this line Pawl trains the baseline.',
        ),
      ),
      ...indent(baseline.results === undefined ? ['# results:'] : entry('results', baseline.results)),
    ],
    [
      ...note('metric', 'The validation metric that decides, as the training logs it.'),
      ...entry('metric', settings.metric),
    ],
    [
      ...note('target', 'The value to reach; the diagnostic report may state it too.'),
      ...(settings.target === undefined ? ['# target: 80%'] : entry('target', settings.target)),
    ],
    ...(settings.diagnostic === undefined
      ? []
      : [[comment('The diagnostic report.'), ...entry('diagnostic', settings.diagnostic)]]),
    ...(settings.metrics
      ? [
          [
            ...note('metrics', 'Where the metrics are read: what the training prints.'),
            'metrics:',
            `  source: ${scalar(settings.metrics.source)}`,
          ],
        ]
      : [lacks('metrics')]),
    ...(settings.slots === undefined
      ? []
      : [[comment('One training at a time: they share a folder.'), `slots: ${settings.slots}`]]),
    [
      comment('At most so many trainings, baseline and optimized together, and so many hours.'),
      '# budget: { runs: 12, hours: 8 }',
    ],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

type Overrides = NonNullable<Proposal['settings']['overrides']>;

const HANDED: Record<StyleName, string> = {
  file: 'by its config file',
  hydra: 'as overrides of Hydra (a.b=value)',
  dotted: 'as arguments (--a.b=value)',
  argparse: 'as flags of the script',
  'key-value': 'as arguments (key=value)',
  yacs: 'as pairs of key and value behind everything else',
  mmengine: 'by --cfg-options',
  env: 'in environment variables',
};

function styleOf(overrides: Overrides): StyleName {
  return typeof overrides === 'string' ? overrides : overrides.style;
}

function overridesEntry(overrides: Overrides): string[] {
  if (typeof overrides === 'string') return entry('overrides', overrides);
  return [
    'overrides:',
    `  style: ${overrides.style}`,
    ...(overrides.values === undefined ? [] : [`  values: ${overrides.values}`]),
    ...(overrides.names === undefined
      ? []
      : [
          '  names:',
          ...Object.entries(overrides.names).map(([path, name]) => `    ${scalar(path)}: ${scalar(name)}`),
        ]),
  ];
}

function alternatives({ alternatives: others }: Guess): string[] {
  return others.length === 0 ? [] : [`Or: ${others.join(' | ')}`];
}

/** One comment line: whatever would end it, or change how it is read, is taken out. */
function comment(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trimEnd();
  return `# ${line.length > 400 ? `${line.slice(0, 399)}…` : line}`;
}

function entry(key: string, value: string | number): string[] {
  const isBlock =
    typeof value === 'string' && /["']/.test(value) && /^[\x21-\x7E][\x20-\x7E]*[\x21-\x7E]$/.test(value);
  return isBlock ? [`${key}: |-`, `  ${value}`] : [`${key}: ${scalar(value)}`];
}

const PLAIN =
  /^(?:(?:[\p{L}_/]|\.{1,2}(?=\/))(?:[\p{L}\w./{}=@%+-]|[:,](?=\S)| (?=[^\s#]))*|\d+(?:\.\d+)?%)$/u;
const WORD = /^(?:true|false|null|yes|no|on|off|y|n|~|\.nan|[-+]?\.inf)$/i;

/** A scalar that YAML 1.1 and 1.2 read as exactly this value. */
export function scalar(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const isPlain =
    PLAIN.test(value) && !WORD.test(value) && Number.isNaN(Number(value)) && !value.endsWith(':');
  return isPlain
    ? value
    : JSON.stringify(value).replaceAll(
        /[\u007F-\u009F\u00AD\u2028\u2029\u200B-\u200F\u202A-\u202E\uFEFF]/g,
        escape,
      );
}

function escape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
