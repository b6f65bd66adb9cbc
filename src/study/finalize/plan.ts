import type { ConfigDocument } from '../../config/_contract.ts';
import { getAt } from '../../config/lookup.ts';
import { formatPath } from '../../config/path.ts';
import type { Change } from '../../diagnosis/types.ts';
import { findEpochLimit } from '../epochs.ts';
import { uniqueSeedPath } from '../attach-baseline.ts';
import type { Project } from '../../project/load.ts';
import { hashValue } from '../hash.ts';
import type { StudyRecord } from '../record.ts';
import { extendFinal } from './final-config.ts';
import type { Accepted } from './gate.ts';
import type { FinalStart } from './types.ts';
import type { FinalizeOptions } from './options.ts';

export function finalEpochs(base: ConfigDocument, changes: readonly Change[]): number | null {
  const limit = findEpochLimit(base.value);
  const extended = limit && changes.find(({ path }) => path === formatPath(limit.path))?.to;
  return typeof extended === 'number' ? extended : (limit?.value ?? null);
}

/** The start of a finalization with the same inputs that was interrupted or found no test metric, else a new one. */
export async function planFinal(
  project: Project,
  options: FinalizeOptions,
  record: StudyRecord,
  accepted: Accepted,
  base: ConfigDocument,
  forced: string[],
): Promise<FinalStart> {
  const { settings } = project;
  const changes = extendFinal(base, settings.finalize, options.extend);
  const seedPath = uniqueSeedPath(base);
  const configured = seedPath === undefined ? undefined : getAt(base.value, seedPath);
  const fallback = accepted.iteration.seeds[0] ?? (typeof configured === 'number' ? configured : 42);
  const seeds = [...(options.seeds ?? settings.finalize.seeds ?? [fallback])];
  const { train, environment } = settings;
  const inputsHash = hashValue({
    config: base.text,
    changes: changes.map(({ path, to }) => ({ path, to })),
    seeds,
    train,
    environment,
    arguments: settings.finalize.arguments ?? null,
  });
  const open = record.finals.findLast(
    (each) =>
      (each.outcome === null || each.reading === null) &&
      each.inputsHash === inputsHash &&
      each.from.trial === accepted.trial,
  );
  if (open) return open;
  const number = record.finals.length + 1;
  const from = { trial: accepted.trial, config: accepted.config, iteration: accepted.outcome.iteration };
  return { number, trial: `final-${number}`, from, seeds, changes, forced, inputsHash };
}
