import { basename, posix } from 'node:path';
import type { ConfigDocument } from '../../config/_contract.ts';
import { formatCommand } from '../../execution/command.ts';
import type { Project } from '../../project/load.ts';
import { findCheckpoints } from '../checkpoints.ts';
import { describeEnvironment } from '../environment.ts';
import type { Launcher } from '../launch.ts';
import type { StudyRecord } from '../record.ts';
import { summarizeTrial } from '../results.ts';
import { withChecksums } from './checksums.ts';
import { dataOf } from './final-config.ts';
import type { Accepted } from './gate.ts';
import { packageVersions } from './packages.ts';
import { judgeGap, summarizeTest } from './summarize.ts';
import { testMetricName } from './test-metric.ts';
import type { FinalOutcome, FinalStart, TestReading } from './types.ts';
import type { FinalizeHooks } from './options.ts';

/** What a finalization came to, once its test data has been read (or none was found). */
export async function concludeFinal(
  project: Project,
  hooks: FinalizeHooks,
  record: StudyRecord,
  launcher: Launcher,
  accepted: Accepted,
  base: ConfigDocument,
  start: FinalStart,
  reading: TestReading | null,
  gpuNames: readonly string[],
): Promise<FinalOutcome> {
  const { finalize: settings, shell } = project.settings;
  const { metric } = accepted.outcome;
  const summary = summarizeTrial(record, start.trial, metric);
  const looks = record.finals.filter((each) => each.reading !== null).length;
  const test = reading && summarizeTest(reading, metric, settings.testSize ?? null, looks);
  const config = summary.trial.config;
  const argv = await launcher.commandFor(config, start.seeds[0] ?? null);
  const out = settings.out.replace(/\/+$/, '');
  const wanted = settings.test ?? testMetricName(metric);
  return {
    study: record.id,
    project: basename(project.root),
    number: start.number,
    startedAt: record.finals.find(({ number }) => number === start.number)?.startedAt ?? hooks.now(),
    endedAt: hooks.now(),
    from: start.from,
    verdict: accepted.outcome.verdict,
    verdictReason: accepted.outcome.verdictReason,
    forced: start.forced,
    metric,
    final: summary,
    baseline: { value: accepted.outcome.baseline.mean, config: accepted.outcome.baselineConfig },
    test,
    missing:
      test === null
        ? `No final run logs '${wanted}' or a name that means the same. Say how the test data is read with finalize.test, finalize.arguments or finalize.evaluate in pawl.yaml, then run \`pawl finalize\` again.`
        : test.values.length < start.seeds.length
          ? `${test.metric} was found for ${test.values.length} of ${start.seeds.length} final runs.`
          : null,
    gap: test && judgeGap(summary.mean, test.mean, metric),
    changes: start.changes,
    data: dataOf(base.value),
    checkpoints: await withChecksums(project, await findCheckpoints(project, summary.runs)),
    environment: await describeEnvironment(project, gpuNames),
    packages: await packageVersions(project),
    command: shell ? argv.join(' ') : formatCommand(argv),
    artifacts: {
      config,
      results: posix.join(out, 'test_results.md'),
      card: posix.join(out, 'model_card.md'),
      json: posix.join(out, 'test_results.json'),
    },
  };
}
