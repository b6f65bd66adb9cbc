import { goalOf } from '../metrics/goal.ts';
import { rankConfigs, rivalsOf } from './configs.ts';
import { normalize, type Folder } from './folder.ts';
import { startFromHelp, type Help } from './help/start.ts';
import { proposeMetric } from './metric.ts';
import { findMissing, notebooks } from './missing.ts';
import type { Guess, Proposal } from './proposal.ts';
import { findObserved } from './observed.ts';
import { otherStarts } from './other-starts.ts';
import { findBaseline } from './runs.ts';
import { Modules } from './modules.ts';
import type { Flag } from './python/flag.ts';
import { isTest, likelyScripts, rankScripts } from './scripts.ts';
import { startOf } from './stacks.ts';
import { showCommand, takesChanges, type ProposedOverrides, type Start } from './start.ts';
import { startFromWish, type Wishes } from './wishes.ts';

/** Sources that are read for the names of metrics where nothing nearer says any. */
const MOST_READ = 60;

/** Proposes a project file from what lies in a folder, and what `--help` told where it was run; undefined where there is nothing to go by. Pure. */
export function propose(folder: Folder, wishes: Wishes, help?: Help): Proposal | undefined {
  const modules = new Modules(folder);
  const likely = likelyScripts(modules);
  const observed = findObserved(folder, likely);
  const scripts = rankScripts(likely, modules);
  const starts = [
    ...scripts.flatMap((script) => startOf(script, folder, observed) ?? []),
    ...otherStarts(folder, observed),
  ].sort((a, b) => rank(b) - rank(a));
  const flagsOf = (path: string): readonly Flag[] =>
    scripts.find(({ module }) => module.path === path)?.flags ?? modules.get(path)?.flags ?? [];
  const plain = wishes.train === undefined ? starts[0] : startFromWish(wishes.train);
  const start =
    plain && help ? startFromHelp(plain, help, flagsOf(normalize(help.command.label) ?? ''), folder) : plain;
  const ranked = rankConfigs(folder, start);
  const derived =
    wishes.config === undefined
      ? (start?.derived ?? (ranked.length === 0 ? start?.fallback : undefined))
      : undefined;
  const config = wishes.config
    ? { ...wishes.config, score: 0, why: 'given with --config' }
    : derived
      ? { path: derived.path, value: derived.value, score: 0, why: derived.why }
      : ranked[0];
  const isEmpty =
    !start &&
    !config &&
    folder.runs.length === 0 &&
    folder.reports.length === 0 &&
    notebooks(folder).length === 0;
  if (isEmpty) return undefined;

  const baseline = findBaseline(folder, config);
  const report = folder.reports.find(({ isDiagnosis }) => isDiagnosis) ?? folder.reports[0];
  const metric = proposeMetric({
    wish: wishes.metric,
    report,
    config,
    run: baseline?.run ?? folder.runs[0],
    logged: start?.logged ?? [],
    elsewhere: () =>
      modules
        .where((path, text) => /val|eval/.test(text) && !isTest(path), MOST_READ)
        .flatMap(({ logged }) => logged),
  });
  const guesses: Guess[] = [];
  const guess = (
    key: string,
    value: string | number,
    why: string,
    alternatives: readonly string[] = [],
  ): void => {
    guesses.push({ key, value, why, alternatives: alternatives.slice(0, 5) });
  };
  const train = start ? showCommand(start) : null;
  if (start && train !== null) {
    const others = wishes.train === undefined ? starts.slice(1).filter(takesChanges) : [];
    guess('train', train, start.why, others.map(showCommand));
  }
  if (config)
    guess(
      'baseline.config',
      config.path,
      config.why,
      wishes.config || derived ? [] : rivalsOf(ranked).map(({ path }) => path),
    );
  if (baseline) guess('baseline.results', baseline.results, baseline.why);
  guess('metric', metric.name, `${metric.why}; ${goalOf(metric.name) === 'max' ? 'more' : 'less'} is better`);
  const target = wishes.target ?? targetOf(report, metric.name, wishes.metric);
  if (target !== undefined) {
    const line = report?.target?.line;
    guess(
      'target',
      target,
      wishes.target === undefined ? `${report?.path}${line ? `:${line}` : ''}` : 'given with --target',
    );
  }
  const overwrites = start !== undefined && !start.takes.output && wishes.train === undefined;
  const environment = Object.fromEntries(
    Object.entries(start?.environment ?? {}).filter(([name]) => name !== 'CUDA_VISIBLE_DEVICES'),
  );
  const missing = findMissing({
    folder,
    start,
    config,
    metric,
    hasRuns: folder.runs.length > 0,
    hasBaseline: baseline !== undefined,
    wishes,
  });
  return {
    settings: {
      train,
      ...(start?.shell ? { shell: true as const } : {}),
      ...(start?.overrides ? { overrides: shownOverrides(start.overrides) } : {}),
      ...(Object.keys(environment).length > 0 ? { environment } : {}),
      baseline: { config: config?.path ?? null, ...(baseline ? { results: baseline.results } : {}) },
      metric: metric.name,
      ...(target === undefined ? {} : { target }),
      ...(report && report.path !== 'diagnostic_report.md' ? { diagnostic: report.path } : {}),
      ...(overwrites ? { metrics: { source: 'stdout' }, slots: 1 } : {}),
    },
    stack: start?.stack ?? null,
    guesses,
    missing,
    isComplete:
      start !== undefined && config !== undefined && (takesChanges(start) || wishes.train !== undefined),
    derived: derived && !folder.files.some(({ path }) => path === derived.path) ? derived : null,
    resume: start?.resume ?? null,
  };
}

/** A command that a changed setting reaches goes before one that it does not reach, among scripts that are about as likely. */
function rank({ score, takes, missing, overrides }: Start): number {
  return (
    score + (takes.config ? 2 : overrides ? 1.5 : -2) - (missing.some(({ key }) => key === 'train') ? 0.5 : 0)
  );
}

function targetOf(
  report: Folder['reports'][number] | undefined,
  metric: string,
  wish: string | undefined,
): string | number | undefined {
  const target = report?.target;
  if (!target || (wish !== undefined && target.metric !== null && target.metric !== metric)) return undefined;
  return target.unit === null ? target.value : `${target.value}${target.unit}`;
}

/** The plain name of a style where nothing has to be said beside it. */
function shownOverrides({
  style,
  values,
  names,
}: ProposedOverrides): NonNullable<Proposal['settings']['overrides']> {
  if (values === undefined && names === undefined) return style;
  return { style, ...(values === undefined ? {} : { values }), ...(names === undefined ? {} : { names }) };
}
