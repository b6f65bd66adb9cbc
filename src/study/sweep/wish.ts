import { isMapping } from '../../config/lookup.ts';
import { type SweepSettings, sweepSchema } from '../../project/sweep-schema.ts';
import { samplerNamed } from '../../search/methods.ts';
import { readSearch, type SearchSettings } from '../../search/space/settings.ts';
import { sweepError } from './errors.ts';
import type { WrittenSearch } from './written.ts';

/** What the command line asks of a sweep. */
export interface SweepOptions {
  /** File of the search space. */
  space?: string | undefined;
  method?: string | undefined;
  trials?: number | undefined;
  epochs?: number | undefined;
  hours?: number | undefined;
  /** `none` for no pruner. */
  pruner?: string | undefined;
  /** Seeds that a promising configuration earns at most. */
  maxSeeds?: number | undefined;
  /** Size of the final round; 0: no confirmation. */
  confirm?: number | undefined;
  retryFailed: boolean;
  /** false: the budget is spent whole. */
  earlyStop?: boolean | undefined;
  /** File of finished trials to start from. */
  import?: string | undefined;
}

/** What is wanted of a sweep after the command line, the file of the space, pawl.yaml and the diagnosis, in this order. */
export type SweepWish = Pick<SweepSettings, 'pruner' | 'seeds' | 'confirm' | 'patience' | 'seed'> & {
  sampler: string;
  trials: number | null;
  epochs: number | null;
  hours: number | null;
};

const BESIDE = ['budget', 'pruner', 'seeds', 'confirm', 'patience', 'seed'] as const;

export function readWritten(written: WrittenSearch): SearchSettings {
  return readSearch(written.value, written.place);
}

/** Merges all that was said of the search, but for its space. */
export function mergeWish(
  options: SweepOptions,
  settings: SweepSettings | undefined,
  written: WrittenSearch | undefined,
  search: SearchSettings | undefined,
): SweepWish {
  const beside = written ? readBeside(written) : {};
  const pick = <Key extends (typeof BESIDE)[number]>(key: Key): SweepSettings[Key] =>
    beside[key] ?? settings?.[key];
  const budget = { ...settings?.budget, ...beside.budget };
  return {
    sampler:
      samplerOf(options.method, '--method') ??
      search?.sampler ??
      samplerOf(settings?.method, 'sweep.method') ??
      'auto',
    trials:
      options.trials ??
      beside.budget?.trials ??
      search?.trials ??
      budget.trials ??
      settings?.n_trials ??
      null,
    epochs: options.epochs ?? budget.epochs ?? null,
    hours: options.hours ?? budget.hours ?? null,
    pruner:
      options.pruner === undefined ? pick('pruner') : options.pruner === 'none' ? false : options.pruner,
    seeds: options.maxSeeds ?? pick('seeds'),
    confirm:
      options.confirm === undefined ? pick('confirm') : options.confirm === 0 ? false : options.confirm,
    patience: options.earlyStop === false ? false : pick('patience'),
    seed: pick('seed'),
  };
}

function samplerOf(method: string | undefined, where: string): string | undefined {
  if (method === undefined) return undefined;
  const sampler = samplerNamed(method);
  if (sampler !== undefined) return sampler;
  throw sweepError('SWEEP_SETTING_INVALID', `${where}: there is no search method '${method}'.`, {
    remedy: 'Use auto, grid, random, sobol, tpe, gp or cma-es.',
  });
}

/** Settings that stand beside a space which has a key of its own. */
function readBeside(written: WrittenSearch): Partial<SweepSettings> {
  const { value, place } = written;
  if (!isMapping(value) || written.kind === 'project') return {};
  const picked = Object.fromEntries(
    BESIDE.flatMap((key) => (Object.hasOwn(value, key) ? [[key, value[key]]] : [])),
  );
  const parsed = sweepSchema.safeParse(picked);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map((key) => (typeof key === 'symbol' ? String(key) : key));
  throw sweepError('SWEEP_SETTING_INVALID', `${path.join('.')}: ${issue?.message ?? 'is not valid'}`, {
    file: place.file,
    line: place.lineOf?.(path),
    remedy: 'Correct it; the configuration reference lists the settings of a sweep.',
  });
}
