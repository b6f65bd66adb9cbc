import { expect, it } from 'vitest';
import { parsePath } from '../config/path.ts';
import type { ConfigDocument } from '../config/_contract.ts';
import { PawlError } from '../errors.ts';
import { readCorpus } from './fixtures/corpus.ts';
import { mutate, randomFrom } from './fixtures/mutate.ts';
import { planChanges } from './plan.ts';
import { parseReport } from './report.ts';
import { sameValue, valueAt } from './resolve/slots.ts';
import { foldCharacters } from './text/characters.ts';
import { SKIP_REASONS, type Plan } from './types.ts';
import { conceptsOf, normalizeName } from './words/concepts.ts';

const corpus = await readCorpus();
/** Short ones are mutated, so that many rounds fit; lines of all are spliced into them. */
const short = corpus.filter(({ report }) => report.length < 250);

/** What every plan must keep to, whatever the report. Returns what is wrong. */
function violation(plan: Plan, report: string, config: ConfigDocument): string | null {
  const lines = report.split(/\r\n|\n|\r/u).length;
  const written = normalizeName(foldCharacters(report)).replaceAll(/<[^<>]*>|[`*_\\~]/gu, '');
  const paths = new Set<string>();
  for (const change of plan.changes) {
    const path = parsePath(change.path);
    if (!path) return `no path: ${change.path}`;
    if (paths.has(change.path)) return `twice: ${change.path}`;
    paths.add(change.path);
    const from = valueAt(config.value, path);
    if ((change.kind === 'new') !== (from === undefined)) return `kind of ${change.path}`;
    if (from !== undefined && !sameValue(from, change.from)) return `from of ${change.path}`;
    if (change.kind === 'new' && change.from !== null) return `from of the new ${change.path}`;
    if (change.kind === 'removed' ? change.to !== null : from !== undefined && sameValue(from, change.to))
      return `${change.path} does not change`;
    if (typeof change.to === 'number' && !Number.isFinite(change.to)) return `${change.path} is not finite`;
    if (path.some((key) => /^(?:__proto__|constructor|prototype)$/u.test(String(key))))
      return `hostile ${change.path}`;
    if (change.line === null || change.line < 1 || change.line > lines) return `line of ${change.path}`;
    const key = String(path.at(-1));
    const isWritten =
      written.includes(normalizeName(key)) ||
      conceptsOf(key).some((concept) => concept.names.some((name) => written.includes(name)));
    if (from === undefined && !isWritten) return `${change.path} stands nowhere in the report`;
    if (/[\n\r]/u.test(change.why)) return `why of ${change.path}`;
  }
  for (const skip of plan.skipped) {
    if (!SKIP_REASONS.includes(skip.reason)) return `reason ${skip.reason}`;
    if (skip.line < 1 || skip.line > lines) return `line of a skip`;
  }
  const numbers = new Set([...plan.changes, ...plan.skipped].map((item) => item.recommendation));
  const silent = plan.diagnosis.recommendations.find((item) => !numbers.has(item.number));
  return silent ? `recommendation ${silent.number} is passed over` : null;
}

it('keeps to its word on 10,000 mutated reports', { timeout: 60_000 }, () => {
  const random = randomFrom(20_260_314);
  for (let round = 0; round < 10_000; round += 1) {
    const one = short[Math.floor(random() * short.length)];
    const other = corpus[Math.floor(random() * corpus.length)];
    if (!one || !other) throw new Error('empty corpus');
    const text = mutate(one.report, other.report, random);
    try {
      const wrong = violation(planChanges(parseReport(text, 'report.md'), one.config), text, one.config);
      if (wrong !== null) expect.fail(`${wrong}\n${text}`);
    } catch (error) {
      if (!(error instanceof PawlError)) throw error;
    }
  }
});

it('reads the same report the same way twice', () => {
  for (const { report, config } of corpus)
    expect(planChanges(parseReport(report, 'r.md'), config)).toEqual(
      planChanges(parseReport(report, 'r.md'), config),
    );
});

it('does not depend on line endings', () => {
  for (const { report, config } of corpus) {
    const unix = report.replace(/\r\n/gu, '\n');
    const windows = unix.replace(/\n/gu, '\r\n');
    expect(planChanges(parseReport(windows, 'r.md'), config)).toEqual(
      planChanges(parseReport(unix, 'r.md'), config),
    );
  }
});
