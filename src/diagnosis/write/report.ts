import type { CurveDiagnosis } from '../diagnose.ts';
import type { Advice } from '../recommend/recommend.ts';
import type { FoundIssue } from '../rules/examine.ts';
import type { Suspicion } from '../suspects/_contract.ts';
import { shower, standing } from './figures.ts';
import { ISSUE_WORDS } from './issue-words.ts';
import { preview } from './preview.ts';
import { code, literal, spell } from './text.ts';

export interface ReportSources {
  /** What was diagnosed, for the title. */
  title: string;
  /** The config as the reader knows it; null without one. */
  config: string | null;
  /** The plot's file relative to the report; null where none was drawn. */
  plot: string | null;
  /** Commands that come next, by decision. */
  next: string;
  /** What earlier attempts taught, in sentences without values. */
  lessons?: readonly string[] | undefined;
}

/** The report as Markdown, in the sections that `pawl plan` reads. `withPreview`: show the changed places as a fragment as well. */
export function renderDiagnosis(
  diagnosis: CurveDiagnosis,
  sources: ReportSources,
  withPreview: boolean,
): string {
  const { primary, secondary, recommendations } = diagnosis;
  const isFault = primary.issue !== 'healthy' && primary.issue !== 'undetermined';
  const sections = [
    `# Diagnostic report: ${literal(sources.title)}`,
    sourcesLine(diagnosis, sources),
    `## Baseline\n\n${baselineTable(diagnosis)}`,
    sources.plot === null ? '' : `## Learning curves\n\n![Learning curves](${encodeURI(sources.plot)})`,
    primarySection(primary),
    isFault || diagnosis.leaning !== null
      ? `## Root causes\n\n${rootCauses(diagnosis)
          .map((cause) => `- ${cause}`)
          .join('\n')}`
      : '',
    secondary.length > 0 ? `## Secondary issues\n\n${secondary.map(issueLine).join('\n')}` : '',
    sources.lessons && sources.lessons.length > 0
      ? `## What was learned before\n\n${list(sources.lessons)}`
      : '',
    diagnosis.warnings.length > 0
      ? `## Remarks on the evidence\n\n${diagnosis.warnings.map((text) => `- ${literal(text)}`).join('\n')}`
      : '',
    recommendations.length > 0
      ? `## Recommendations\n\nBy priority. Expected effects are ranges with their basis; none of them was measured on this training.\n\n${recommendations.map((advice) => adviceSection(advice, unitOf(diagnosis))).join('\n\n')}`
      : '',
    recommendations.length > 0 && withPreview ? preview(recommendations) : '',
    recommendations.length > 0 ? `## Expected outcome\n\n${expectedOutcome(diagnosis)}` : '',
    diagnosis.withheld.length > 0
      ? `## Not recommended again\n\n${diagnosis.withheld.map((text) => `- ${literal(text)}`).join('\n')}`
      : '',
    `## Decision\n\n**${diagnosis.decision}**: ${literal(diagnosis.reason)}\n\nNext: ${code(sources.next)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function sourcesLine({ runs }: CurveDiagnosis, { config }: ReportSources): string {
  const listed = runs
    .slice(0, 5)
    .map(({ label, seed }) => code(label) + (seed === null ? '' : ` (seed ${seed})`));
  const more = runs.length > 5 ? ` and ${runs.length - 5} more` : '';
  return `Runs looked at: ${listed.join(', ')}${more}${config === null ? '' : `, trained with ${code(config)}`}.`;
}

function baselineTable(diagnosis: CurveDiagnosis): string {
  const { names, runs, target } = diagnosis;
  const show = shower(diagnosis);
  const { val, train, gap, missing, bestEpochs } = standing(diagnosis);
  const epochs = [...new Set(runs.map((run) => run.epochs))].join(', ');
  const unit = runs[0]?.unit ?? 'epoch';
  const points = (value: number | null): string =>
    value === null
      ? 'not known'
      : names.scale === 'other'
        ? show(value)
        : `${(value * (names.scale === 'fraction' ? 100 : 1)).toFixed(1)} points`;
  const rows: [string, string][] = [
    [
      `Validation metric ${names.metric === null ? '' : code(names.metric)}`.trim(),
      `${show(val)} (best ${unit} ${bestEpochs.join(', ') || 'not known'} of ${epochs})`,
    ],
    [`Training side at that ${unit}`, show(train)],
    ['Train–validation gap', points(gap)],
    ['Target', target === null ? 'none given' : show(target)],
    ['Missing to the target', target === null ? 'no target' : points(missing)],
  ];
  return [
    '| | value |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name.replaceAll('|', '\\|')} | ${value} |`),
  ].join('\n');
}

function primarySection(issue: FoundIssue): string {
  const { title, cause } = ISSUE_WORDS[issue.issue];
  const isNamed = issue.issue !== 'healthy' && issue.issue !== 'undetermined';
  const degree = issue.degree === null ? '' : `${issue.degree} `;
  const head = `## Primary issue: ${degree}${title}`;
  const body = isNamed ? `Confidence ${issue.confidence.toFixed(2)}.` : cause;
  const against = issue.against.length === 0 ? '' : `\n\nWhat speaks against it:\n\n${list(issue.against)}`;
  return `${head}\n\n${body}\n\nEvidence:\n\n${list(issue.evidence)}${against}`;
}

const list = (texts: readonly string[]): string => texts.map((text) => `- ${literal(text)}`).join('\n');

function rootCauses({ primary, secondary, suspicions, leaning }: CurveDiagnosis): string[] {
  const further = secondary.filter(({ explainedBy }) => explainedBy === null).slice(0, 2);
  const causes =
    leaning === null
      ? [primary, ...further].map(({ issue }) => ISSUE_WORDS[issue].cause)
      : [
          `None is established. The likeliest is ${ISSUE_WORDS[leaning.fault].title}, with a confidence of only ${leaning.confidence.toFixed(2)}.`,
        ];
  return [...causes, ...suspicions.map(suspicionLine)];
}

function suspicionLine({ cause, evidence, wouldTell }: Suspicion): string {
  return `${literal(cause)} Evidence: ${evidence.map(literal).join('; ')}. What would tell: ${literal(wouldTell)}.`;
}

function issueLine({ issue, confidence, evidence, explainedBy }: FoundIssue): string {
  const why = explainedBy === null ? '' : ` A consequence of ${ISSUE_WORDS[explainedBy].title}, most likely.`;
  return `- ${ISSUE_WORDS[issue].title} (confidence ${confidence.toFixed(2)}): ${literal(evidence[0] ?? '')}.${why}`;
}

function adviceSection(
  { number, title, changes, impact, effort, risk, expected, reason, refutedBy }: Advice,
  unit: string,
): string {
  return [
    `### ${number}. ${literal(title)}`,
    '',
    ...changes.map(({ path, kind, from, to }) =>
      kind === 'new'
        ? `- Change: ${code(`${path}: ${spell(to)}`)} (new)`
        : `- Change: ${code(`${path}: ${spell(from)} → ${spell(to)}`)}`,
    ),
    `- Impact: ${impact}`,
    `- Effort: ${effort}`,
    `- Risk: ${literal(risk)}`,
    `- Expected: ${range(expected.low, expected.high, unit)} (${literal(expected.basis)})`,
    `- Reason: ${literal(reason)}`,
    `- Wrong if: ${literal(refutedBy)}`,
  ].join('\n');
}

function range(low: number, high: number, unit: string): string {
  const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
  return low === high
    ? low === 0
      ? 'no gain alone'
      : `${signed(low)} ${unit}`
    : `${signed(low)} to ${signed(high)} ${unit}`;
}

/** What expected effects are in: points of a rate, percent of the value of anything else. */
const unitOf = ({ names }: CurveDiagnosis): string => (names.scale === 'other' ? '%' : 'points');

function expectedOutcome(diagnosis: CurveDiagnosis): string {
  const { recommendations } = diagnosis;
  const low = Math.min(0, ...recommendations.map(({ expected }) => expected.low));
  const high = Math.max(...recommendations.map(({ expected }) => expected.high));
  return `All together: ${range(low, high, unitOf(diagnosis))} on the validation metric. That is the widest of the single ranges; effects of several changes do not add up.`;
}
