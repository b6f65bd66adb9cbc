import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../../config/document.ts';
import { getAt } from '../../config/lookup.ts';
import { parsePath } from '../../config/path.ts';
import type { Change } from '../../diagnosis/types.ts';
import { inProject, type Project } from '../../project/load.ts';
import type { PreflightFinding, Run, Trial } from '../types.ts';
import { judgeArrival, show, whyIgnored } from './arrival.ts';
import { findEffectiveConfigs, type EffectiveConfig } from './files.ts';
import { findSaidIgnored } from './said.ts';

const LONGEST_LOG = 1 << 20;

/** What the check run of the optimized config wrote down and said of itself. */
export interface Testimony {
  records: readonly EffectiveConfig[];
  /** The config that it was given. */
  given: EffectiveConfig | undefined;
  /** Name and text of its logs. */
  logs: readonly { name: string; text: string }[];
  /** What the run's config said of a change; undefined where it was removed. */
  wantedOf: (change: Change) => ReturnType<typeof getAt>;
}

export async function readTestimony(
  project: Project,
  run: Run | undefined,
  trial: Trial | undefined,
): Promise<Testimony> {
  if (!run || !trial) return { records: [], given: undefined, logs: [], wantedOf: (change) => change.to };
  const document = await readConfig(inProject(project, trial.config));
  const { value } = document;
  const logs = await Promise.all(
    ['stdout.log', 'stderr.log'].map(async (name) => ({
      name,
      text: await headOf(join(inProject(project, run.directory), name)),
    })),
  );
  return {
    given: { name: trial.config, document },
    records: await findEffectiveConfigs(inProject(project, run.output), project.settings.effectiveConfig),
    logs,
    wantedOf: (change) =>
      change.kind === 'removed' ? undefined : getAt(value, parsePath(change.path) ?? [change.path]),
  };
}

/** A finding where the run itself shows that a change did not arrive or is not used; else where it shows that it arrived. */
export function testify(
  change: Change,
  { records, given, logs, wantedOf }: Testimony,
): { finding: PreflightFinding | undefined; arrivedAt: string | undefined } {
  const wanted = wantedOf(change);
  const effect = `${change.path} takes effect`;
  const arrival = judgeArrival(change, wanted, records);
  const failed = (what: string, detail: string): ReturnType<typeof testify> => ({
    finding: { status: 'failed', what, detail },
    arrivedAt: undefined,
  });
  switch (arrival?.kind) {
    case 'absent':
      return failed(
        effect,
        wanted === undefined
          ? `The training's own ${arrival.where} still holds it (${show(arrival.seen)}): the removal did not arrive (inert).`
          : `The training's own ${arrival.where} still says ${show(arrival.seen)}, as the baseline does, instead of ${show(wanted)}: the change did not arrive (inert).`,
      );
    case 'other':
      return failed(
        `${change.path} arrives as meant`,
        `The training's own ${arrival.where} says ${show(arrival.seen)} instead of ${show(wanted ?? null)}: it arrived as ${kindOf(arrival.seen)} ${show(arrival.seen)}.`,
      );
    case 'ignored':
      return failed(
        effect,
        `${arrival.where} shows ${show(arrival.seen)} as asked for, but ${arrival.why} (inert).`,
      );
    case 'arrived':
    case undefined: {
      const path = parsePath(change.path) ?? [change.path];
      // Where the training writes no record, what it is given tells the same.
      const why = arrival === undefined && given && wanted !== undefined && whyIgnored(given, path);
      if (typeof why === 'string') return failed(effect, `It is not used: ${why} (inert).`);
      const key = String(path.at(-1));
      for (const { name, text } of logs) {
        const said = findSaidIgnored(text, key);
        if (said)
          return failed(
            effect,
            `The training says that it does not use it (${name}:${said.line}): ${said.text}`,
          );
      }
      return { finding: undefined, arrivedAt: arrival?.where };
    }
  }
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'the text';
  return typeof value === 'number' ? 'the number' : 'the value';
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const buffer = Buffer.alloc(LONGEST_LOG);
    const { bytesRead } = await handle.read(buffer, 0, LONGEST_LOG, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
