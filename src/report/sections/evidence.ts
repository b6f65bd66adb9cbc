import type { EvidenceFacts, PredictionFacts } from '../../study/types.ts';
import { codeCell, escapeMarkdown } from '../escape.ts';
import { formatCoverage, formatShare } from '../percent.ts';
import { blocks, bullets, plural } from '../table.ts';
import type { ReportView } from '../view.ts';

/** What the verdict rests on, what could and could not have been seen, and what is optimistic. */
export function evidenceSection(view: ReportView): string | null {
  const { evidence } = view.outcome;
  if (!evidence) return null;
  const items = [
    design(view, evidence),
    visible(view, evidence),
    ...optimism(view),
    reuse(view, evidence),
    confirmation(view, evidence),
    examples(evidence),
    ...byExamples(view, evidence.predictions),
  ].filter((item) => item !== null);
  return blocks(
    '### What this evidence shows, and what it cannot',
    bullets(items),
    evidence.endedEarly.length > 0 &&
      blocks(
        'Runs ended before their last epoch, with the figures that led to it; none of them enters a mean:',
        bullets(evidence.endedEarly.map(({ run, why }) => `${codeCell(run)}: ${escapeMarkdown(why, 600)}`)),
      ),
  );
}

const percentOf = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;

function design({ outcome }: ReportView, { plannedPairs, alpha }: EvidenceFacts): string {
  const { gain } = outcome;
  if (gain.judgedBy === 'ignored-seed') {
    return 'Design: pairs of equal seeds were planned, but the training ignores its seed. One run of each trial remains, and no test.';
  }
  if (gain.judgedBy === 'examples') {
    return 'Design: pairs of equal seeds were planned, but the training ignores its seed. One run of each trial remains, compared example by example.';
  }
  if (plannedPairs === 1) {
    return 'Design: one run of each trial, no test. A change that does nothing looks better in half of such comparisons.';
  }
  if (plannedPairs === 2) {
    return 'Design: two pairs of seeds, no test. Three pairs are the fewest that can be tested.';
  }
  const given =
    gain.judgedBy === 'first-look'
      ? ' This one was given up before the first test; giving up early never accepts anything.'
      : '';
  const counted = gain.paired ? `; ${plural(gain.n, 'pair')} counted` : '';
  return `Design: at most ${plannedPairs} pairs of equal seeds, fixed before the first run, with a paired t test after each pair from the third on${counted}. All looks together accept a change that does nothing in at most ${percentOf(alpha)} of studies.${given}`;
}

function visible({ outcome, figures }: ReportView, { detectable }: EvidenceFacts): string | null {
  const { verdict, gain } = outcome;
  if (
    !detectable ||
    !Number.isFinite(detectable.d) ||
    gain.judgedBy === 'examples' ||
    gain.judgedBy === 'ignored-seed'
  )
    return null;
  const spread = `${detectable.d.toFixed(2)} times the seed-to-seed sd of the differences`;
  if (detectable.gain === null) {
    return `Could be seen: a true gain of ${spread}, in 80% of studies. With ${plural(gain.n, 'pair')} that sd is not known, so it cannot be said in units of the metric.`;
  }
  const size = figures.magnitude(detectable.gain);
  const rough = gain.n < 4 ? ` (rough: the sd is estimated from ${plural(gain.n, 'pair')})` : '';
  const blind =
    verdict === 'better'
      ? ''
      : ' A smaller true gain may well exist: not having seen it is no proof that there is none.';
  return `Could be seen: a true gain of ${size} (${spread}) in 80% of studies${rough}.${blind}`;
}

function* optimism({ outcome, figures }: ReportView): Generator<string> {
  const { gain, verdict, metric } = outcome;
  if (verdict === 'better' && gain.shrunken !== null) {
    yield `Optimistic: ${figures.difference(gain.absolute)} was measured at the moment it passed the test; expect about ${figures.difference(gain.shrunken)} on fresh seeds.`;
  }
  if (metric.select === 'best') {
    yield `Optimistic in both trials alike: a run's ${codeCell(metric.name)} is that of its best epoch, chosen on the same validation data.`;
  }
}

const ORDINALS = ['', 'first', 'second', 'third'];

function reuse({ outcome }: ReportView, { alpha, plannedPairs }: EvidenceFacts): string | null {
  const { iteration, maxIterations } = outcome;
  if (plannedPairs < 3) return null;
  const which = ORDINALS[iteration] ?? `${iteration}th`;
  const spent =
    iteration > maxIterations
      ? 'past the limit, so that the error of the study is no longer held'
      : `its share of the study's 5% error is ${percentOf(alpha)}`;
  const wear =
    iteration > 1 ? ' Each further choice on the same validation data makes its values more optimistic.' : '';
  return `Validation data: ${which} decision on them; ${spent}.${wear}`;
}

function confirmation({ outcome, figures }: ReportView, { confirm }: EvidenceFacts): string | null {
  if (!confirm) {
    const isEnd = outcome.decision === 'finalize' || outcome.decision === 'accept';
    return isEnd
      ? 'No confirm metric was reported: there is no value on data that no choice has looked at, so the values above stay optimistic (`confirm` in pawl.yaml names one).'
      : null;
  }
  const change =
    confirm.reference === null
      ? figures.value(confirm.optimized)
      : `${figures.value(confirm.reference)} → ${figures.value(confirm.optimized)}, ${figures.difference(confirm.difference)}`;
  const again =
    confirm.openedBefore.length === 0
      ? 'opened only now, so it carries no optimism from choosing between configurations'
      : `already opened in iteration ${confirm.openedBefore.join(', ')}, so it is no longer untouched`;
  return `Confirm metric ${codeCell(confirm.metric)} (same checkpoints, ${plural(confirm.n, 'run')} of each): ${change}; ${again}.`;
}

function examples({ validation }: EvidenceFacts): string {
  if (!validation) {
    return 'Size of the validation set: not known, so the uncertainty from its examples is in no figure (`validationSize` in pawl.yaml, or predictions by example).';
  }
  const source = validation.source === 'pawl.yaml' ? 'as pawl.yaml says' : 'as the predictions show';
  return `Size of the validation set: ${validation.examples.toLocaleString('en-US')} examples, ${source}. The interval of the test is over seeds, on these examples.`;
}

function* byExamples({ figures, outcome }: ReportView, facts: PredictionFacts | null): Generator<string> {
  if (!facts) return;
  const unit = outcome.metric.scale === 'fraction' ? 1 : 100;
  const show = (share: number) => figures.value(share * unit);
  const accuracy =
    outcome.metric.scale === 'other'
      ? `${formatShare(facts.accuracy.baseline)} → ${formatShare(facts.accuracy.optimized)} right`
      : `${show(facts.accuracy.baseline)} → ${show(facts.accuracy.optimized)} right`;
  const over = `${facts.examples.toLocaleString('en-US')} examples and ${plural(facts.seeds.length, 'seed')}`;
  const points = (share: number) => `${share < 0 ? '-' : '+'}${Math.abs(100 * share).toFixed(2)} pp`;
  const notes = facts.notes.length === 0 ? '' : ` (${escapeMarkdown(facts.notes.join('; '))})`;
  if (facts.method === 'crossed' && facts.low !== null && facts.high !== null && facts.se !== null) {
    yield `By example: ${accuracy} over ${over}; difference ${points(facts.difference)}, standard error ${(100 * facts.se).toFixed(2)} pp for new seeds and new examples, ${formatCoverage(facts.alpha)} interval ${points(facts.low)} to ${points(facts.high)}, as if the number of seeds had been fixed${notes}.`;
    return;
  }
  const p = facts.p < 0.0001 ? 'p < 0.0001' : `p = ${Number(facts.p.toPrecision(2))}`;
  const scope =
    outcome.gain.judgedBy === 'examples'
      ? ' That speaks of new examples; other seeds there are none, as the training ignores them.'
      : ' That speaks of new examples, not of other seeds.';
  yield `By example: ${accuracy} over ${over}; ${facts.won} right only with the change, ${facts.lost} only without it (exact McNemar test, one-sided ${p})${notes}.${scope}`;
}
