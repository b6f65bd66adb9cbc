import type { Skipped } from '../../diagnosis/types.ts';
import type { Check } from '../checklist.ts';
import { escapeMarkdown } from '../escape.ts';
import { plural } from '../table.ts';
import type { ReportView } from '../view.ts';

export function preparationChecks({ outcome }: ReportView): Check[] {
  const { diagnosis, study, changes, skipped, artifacts, preflight } = outcome;
  const check = (text: string, done: boolean, evidence: string): Check => ({
    group: 'Preparation',
    text,
    done,
    evidence,
  });
  const inert = changes.filter((change) => change.effect.label === 'inert');
  const left = skipped.filter((item) => item.reason !== 'keep' && item.reason !== 'already-applied');
  return [
    check(
      'The diagnosis names a root cause',
      diagnosis.rootCauses.length > 0,
      diagnosis.rootCauses.length > 0
        ? `${diagnosis.file}: ${diagnosis.rootCauses.join('; ')}`
        : `${diagnosis.file} names none`,
    ),
    check(
      'The diagnosis makes recommendations',
      diagnosis.recommendations.length > 0,
      `${diagnosis.file}: ${plural(diagnosis.recommendations.length, 'recommendation')}`,
    ),
    check(
      'The gate was passed without force',
      study.forced.length === 0,
      study.forced.length === 0
        ? 'nothing was missing'
        : `passed with --force; missing: ${study.forced.join('; ')}`,
    ),
    check(
      `The optimization config was created with ${plural(changes.length, 'change')}`,
      changes.length > 0,
      `${artifacts.config}: ${changes.map((change) => change.path).join(', ') || 'no change'}`,
    ),
    check(
      'Every recommendation that asks for a change was applied',
      left.length === 0,
      left.length === 0
        ? 'none was left out'
        : `${plural(left.length, 'item')} not applied: ${left.map(nameOf).join(', ')}`,
    ),
    check(
      'No change is known to be ignored by the training',
      inert.length === 0,
      inert.length === 0 ? 'none was found inert' : `inert: ${inert.map((change) => change.path).join(', ')}`,
    ),
    ...preflight.map(({ status, what, detail }) =>
      check(escapeMarkdown(what), status === 'passed', status === 'passed' ? detail : `${status}: ${detail}`),
    ),
  ];
}

const nameOf = ({ recommendation, line, reason }: Skipped): string =>
  `${recommendation === null ? `line ${line}` : `recommendation ${recommendation}`} (${reason})`;
