import type { Recommendation } from '../../diagnosis/types.ts';
import type { ChangeOutcome } from '../../study/types.ts';
import { codeCell, escapeMarkdown } from '../escape.ts';
import { describeGaps } from '../gap.ts';
import { describeImprovement } from '../improvement.ts';
import { ABSENT } from '../number.ts';
import { blocks, bullets, plural, table } from '../table.ts';
import { describeEvidence, evidenceOf } from '../verdict.ts';
import type { ReportView } from '../view.ts';
import { effectCell } from './changes.ts';

/** What was expected, what came of it, and what nobody knows. */
export function analysis(view: ReportView): string {
  const { diagnosis } = view.outcome;
  const { file, rootCauses, expectedOutcome } = diagnosis;
  return blocks(
    '## Analysis',
    rootCauses.length > 0 &&
      `Root ${rootCauses.length === 1 ? 'cause' : 'causes'} named by ${escapeMarkdown(file)}: ${rootCauses.map((cause) => escapeMarkdown(cause)).join('; ')}.`,
    '### Expected and actual',
    expectedOutcome.length > 0
      ? bullets([
          ...expectedOutcome.map(
            ({ text, line }) => `Expected (${escapeMarkdown(file)}:${line}): ${escapeMarkdown(text)}`,
          ),
          `Actual: ${actual(view)}`,
        ])
      : `The report states no expected outcome for all changes together. Actual: ${actual(view)}`,
    gapSentence(view),
    statedBaseline(view),
    '### By recommendation',
    togetherSentence(view),
    effectsPicture(view),
    recommendationTable(view),
  );
}

/** The bar plot of what each change does, where attribution told the changes apart. */
function effectsPicture({ outcome }: ReportView): string | null {
  if (!outcome.changes.some(({ effect }) => effect.estimate !== null)) return null;
  return '![Effect of each change, with its 90% interval](effects.png)';
}

function actual({ outcome, figures }: ReportView): string {
  const { metric, baseline, optimized, effect } = outcome;
  const name = escapeMarkdown(metric.name);
  if (optimized.mean === null) return `no value of ${name}; no optimized run finished.`;
  if (baseline.mean === null) return `${name} ${figures.value(optimized.mean)}.`;
  return `${name} ${figures.value(optimized.mean)}, ${describeImprovement(effect, metric, name, figures)}; ${escapeMarkdown(describeEvidence(evidenceOf(outcome), figures))}.`;
}

const EASED = /drop|augment|mixup|cutmix|cutout|noise|transform|jitter|smooth/iu;

function gapSentence({ outcome, figures }: ReportView): string {
  const { baseline, optimized, changes, metric } = outcome;
  if (baseline.gap === null || optimized.gap === null) {
    return metric.train === null
      ? 'Train–val gap: not measured, no training side of the metric was logged.'
      : 'Train–val gap: not measured on both sides.';
  }
  const caution = changes.some((item) => EASED.test(item.path))
    ? ' The training side is read as the training logs it: with dropout or augmentation on, it is lower than the same model would score without, so part of a smaller gap can come from that.'
    : '';
  return `Train–val gap: ${describeGaps(baseline.gap, optimized.gap, figures)}.${caution}`;
}

/** The report's own figures for the baseline beside the measured ones. */
function statedBaseline({ outcome, figures }: ReportView): string {
  const { diagnosis, baseline, metric } = outcome;
  const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const items = Object.entries(diagnosis.baseline).flatMap(([name, value]) => {
    const measured =
      plain(name) === plain(metric.name)
        ? baseline.mean
        : metric.train && plain(name) === plain(metric.train)
          ? baseline.train
          : undefined;
    return measured === undefined
      ? []
      : [`${codeCell(name)} ${value} stated, ${figures.value(measured)} measured`];
  });
  return items.length === 0 ? '' : `The report's figures of the baseline: ${items.join('; ')}.`;
}

function togetherSentence({ outcome }: ReportView): string {
  const changes = outcome.changes.filter(({ onBothSides }) => !onBothSides);
  const alone = changes.filter((change) => change.effect.label === 'not-separated').length;
  if (changes.length <= 1 || alone === 0) return '';
  if (alone === changes.length) {
    return `All ${changes.length} changes were tried only together. What each of them does alone is not known.`;
  }
  return `${plural(alone, 'change')} of ${changes.length} ${alone === 1 ? 'was' : 'were'} tried only together with the others; what ${alone === 1 ? 'it does' : 'they do'} alone is not known.`;
}

function recommendationTable(view: ReportView): string {
  const { changes, diagnosis } = view.outcome;
  const known = new Set(diagnosis.recommendations.map(({ number }) => number));
  const rows = diagnosis.recommendations.map((item) => recommendationRow(item, view));
  const own = changes.filter((change) => change.recommendation === null || !known.has(change.recommendation));
  const rest = own.map((change) => [
    ABSENT,
    change.line === null ? 'added by Pawl' : 'config preview',
    codeCell(change.path),
    escapeMarkdown(change.expected ?? 'not stated'),
    outcomeOf([change], view),
  ]);
  if (rows.length + rest.length === 0) return 'The report lists no recommendations.';
  return table(['#', 'Recommendation', 'Changes', 'Expected', 'Actual'], ['right'], [...rows, ...rest]);
}

function recommendationRow({ number, title, expected, impact }: Recommendation, view: ReportView): string[] {
  const { changes, skipped } = view.outcome;
  const mine = changes.filter((change) => change.recommendation === number);
  const left = skipped.filter((item) => item.recommendation === number);
  const wanted = expected ?? mine.find((change) => change.expected !== null)?.expected ?? null;
  return [
    String(number),
    escapeMarkdown(title, 120),
    mine.length === 0 ? ABSENT : mine.map((change) => codeCell(change.path)).join(', '),
    wanted === null
      ? impact === null
        ? 'not stated'
        : `impact ${escapeMarkdown(impact, 60)}`
      : escapeMarkdown(wanted, 160),
    mine.length > 0
      ? outcomeOf(mine, view)
      : left.length > 0
        ? `not applied: ${left.map((item) => item.reason).join(', ')}`
        : 'nothing to apply was found in it',
  ];
}

function outcomeOf(mine: readonly ChangeOutcome[], view: ReportView): string {
  const { outcome, figures } = view;
  const [only] = mine;
  if (outcome.changes.length === 1 && only?.effect.estimate === null && only.effect.label !== 'inert') {
    return outcome.optimized.mean === null
      ? 'not measured'
      : `the only change: ${figures.difference(outcome.gain.absolute)}`;
  }
  return mine
    .map((change) => {
      if (change.onBothSides) return `${codeCell(change.path)}: ${change.effect.note}`;
      if (change.effect.label === 'not-separated') return 'own effect not known';
      const note = change.effect.note === '' ? '' : ` (${escapeMarkdown(change.effect.note, 160)})`;
      return mine.length > 1
        ? `${codeCell(change.path)}: ${effectCell(change, view)}${note}`
        : effectCell(change, view) + note;
    })
    .filter((text, index, all) => all.indexOf(text) === index)
    .join('; ');
}
