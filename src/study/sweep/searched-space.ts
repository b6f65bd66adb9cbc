import type { ConfigDocument } from '../../config/_contract.ts';
import { formatPath } from '../../config/path.ts';
import type { Change, Plan } from '../../diagnosis/types.ts';
import { decidesMeasurement } from '../../diagnosis/words/measurement.ts';
import { inProject, type Project, toProjectPath } from '../../project/load.ts';
import { deriveSpace } from '../../search/space/derive.ts';
import { sizeOf } from '../../search/space/domain.ts';
import { locateSpace } from '../../search/space/locate.ts';
import type { Space } from '../../search/space.ts';
import type { SearchSettings } from '../../search/space/settings.ts';
import type { OptimizeOptions } from '../options.ts';
import { changesOf, paramsIn } from './changes.ts';
import { sweepError } from './errors.ts';
import { paramsKey } from './params-key.ts';
import type { Proposal } from './types.ts';
import type { SweepOptions } from './wish.ts';
import { searchInFile, searchInProject, searchInReport, type WrittenSearch } from './written.ts';

export async function findWritten(
  project: Project,
  options: OptimizeOptions,
  wished: SweepOptions,
  reportFile: string | undefined,
): Promise<WrittenSearch | undefined> {
  if (wished.space !== undefined) return searchInFile(inProject({ root: options.cwd }, wished.space));
  const own = await searchInProject(project);
  if (own || reportFile === undefined) return own;
  return searchInReport(reportFile, toProjectPath(project, reportFile));
}

/** The space, placed in the config, and what of the recommended changes goes with every configuration. */
export function spaceOf(
  project: Project,
  base: ConfigDocument,
  plan: Plan | null,
  written: WrittenSearch | undefined,
  search: SearchSettings | undefined,
  allowsNew: boolean,
): { space: Space; fixed: Change[]; source: string } {
  if (written && search) {
    const space = locateSpace(search.space, base.value, {
      ...written.place,
      allowsNew: allowsNew || isKnownNew(search.space, plan),
    });
    const searched = new Set(space.params.map(({ path }) => formatPath(path)));
    const fixed =
      written.kind === 'report' ? (plan?.changes ?? []).filter(({ path }) => !searched.has(path)) : [];
    return { space, fixed, source: written.source };
  }
  const changes = plan?.changes ?? [];
  const derived = deriveSpace(changes);
  if (derived.space.params.length === 0) {
    throw sweepError('SWEEP_SPACE_MISSING', 'There is nothing to search.', {
      file: project.file,
      remedy:
        'Write `sweep: {space: {dropout: [0.3, 0.4, 0.5]}}` into pawl.yaml, name a file with --space, or let the diagnosis recommend values.',
    });
  }
  const names = new Set(derived.fixed.map(({ path }) => path));
  return {
    space: derived.space,
    fixed: changes.filter(({ path }) => names.has(path)),
    source: `derived from ${plan?.diagnosis.file ?? 'the diagnosis'}`,
  };
}

/** A key that the config lacks is no typing error where the diagnosis recommends it as new. */
function isKnownNew(space: Space, plan: Plan | null): boolean {
  const added = (plan?.changes ?? []).filter(({ kind }) => kind === 'new').map(({ path }) => path);
  return space.params.some(({ path }) => added.includes(formatPath(path)));
}

export function refusePoint(space: Space, source: string): void {
  if (space.params.some((param) => sizeOf(param) > 1)) return;
  throw sweepError(
    'SWEEP_SPACE_POINT',
    `The space of ${source} has a single configuration: ${space.params.map(({ name }) => name).join(', ')} can take one value each.`,
    { remedy: 'Give a parameter two values or a range; to try one configuration, use `pawl optimize`.' },
  );
}

/** A search over the validation data would choose the examples that are easiest. */
export function refuseMeasurement(space: Space, source: string): void {
  const found = space.params.filter(({ path }) => decidesMeasurement(path));
  if (found.length === 0) return;
  const names = found.map(({ name }) => name).join(', ');
  throw sweepError(
    'SWEEP_SPACE_MEASURES',
    `The space of ${source} searches ${names}, which ${found.length === 1 ? 'decides' : 'decide'} which examples a result is measured on: the best would be what is measured on the easiest.`,
    { remedy: `Take ${names} out of the space; set it in the baseline config, the same for all.` },
  );
}

/** The baseline's own values and the recommended ones come first; what is equal is tried once. */
export function firstTrials(
  space: Space,
  base: ConfigDocument,
  changes: readonly Change[],
  fixed: readonly Change[],
): Omit<Proposal, 'trial'>[] {
  const baseline = { number: 0, params: paramsIn(space, base), origin: 'baseline' as const };
  const inSpace = changes.filter(({ path }) => space.params.some((param) => formatPath(param.path) === path));
  const recommended = paramsIn(space, base, inSpace);
  const isNew =
    fixed.length > 0 ||
    changesOf(recommended, space, base, '').length > 0 ||
    paramsKey(recommended) !== paramsKey(baseline.params);
  if (inSpace.length === 0 && fixed.length === 0) return [baseline];
  return isNew ? [baseline, { number: 1, params: recommended, origin: 'recommended' }] : [baseline];
}
