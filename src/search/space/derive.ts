import { equalValues } from '../../config/lookup.ts';
import { parsePath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Domain, Param, Space } from '../space.ts';
import { numberOf } from './spelled.ts';

/** What is used of a recommended change. */
export interface RecommendedChange {
  path: string;
  kind: 'new' | 'changed' | 'removed';
  from: ConfigValue;
  to: ConfigValue;
}

export interface DerivedSpace {
  /** May hold no parameter at all. */
  space: Space;
  /** Changes that are applied as recommended and not searched, with the reason. */
  fixed: { path: string; why: string }[];
}

const BUDGET =
  /(^|_)(num_|n_|max_|total_|train_)?(epochs?|steps|iterations|iters|patience|seed|workers|num_workers)$/u;
const RATE =
  /(^|_)(lr|lr0|eta|rate|learning_?rate|base_lr|max_lr|min_lr|eta_min|weight_?decay|wd|decay|l1|l2|reg|alpha|lambda|reg_alpha|reg_lambda|eps|epsilon|temperature|tau)$/u;
const SHARE =
  /(drop|prob|(^|_)p$|smoothing|ratio|fraction|subsample|colsample|momentum|beta_?\d?$|mixup|cutmix|factor|gamma|warmup_?(ratio|pct)|mask)/u;
const NEAR_ONE = /(momentum|beta)/u;

/** A space around the recommended values: rates log ×/÷ 10, shares ± 0.2, sizes ×/÷ 2, switches and names both ways. */
export function deriveSpace(changes: readonly RecommendedChange[]): DerivedSpace {
  const params: Param[] = [];
  const fixed: DerivedSpace['fixed'] = [];
  for (const change of changes) {
    const path = parsePath(change.path);
    const domain = path === undefined ? 'its path cannot be read' : domainAround(change);
    if (typeof domain === 'string') fixed.push({ path: change.path, why: domain });
    else params.push({ ...domain, name: change.path, path: path ?? [], when: [] });
  }
  return { space: { params }, fixed };
}

/** The domain around one change, or why there is none. */
function domainAround({ path, kind, from, to }: RecommendedChange): Domain | string {
  if (kind === 'removed') return 'the key is removed';
  const name = (/[^.[\]"]+(?=[\]"]*$)/u.exec(path)?.[0] ?? path)
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1_$2')
    .toLowerCase();
  if (BUDGET.test(name)) return 'it is the length or the seed of a training, not a parameter of the model';
  if (typeof to === 'boolean') return { kind: 'categorical', choices: [!to, to] };
  const center = numberOf(to);
  if (center === undefined) return bothWays(from, to, kind);
  if (!Number.isFinite(center)) return 'its value is not a finite number';
  if (RATE.test(name) && !/drop/u.test(name)) return aroundRate(center, from, to);
  if (SHARE.test(name) && center >= 0 && center <= 1) return aroundShare(name, center);
  if (Number.isInteger(center) && center >= 1) return aroundSize(name, center);
  if (center > 0 && center < 1 && numberOf(from) === undefined) return aroundShare(name, center);
  return center === 0 ? bothWays(from, to, kind) : around(center / 2, center * 2);
}

function bothWays(from: ConfigValue, to: ConfigValue, kind: RecommendedChange['kind']): Domain | string {
  if (kind === 'new' || equalValues(from, to)) return 'there is no second value to compare it with';
  return { kind: 'categorical', choices: [from, to] };
}

function aroundRate(center: number, from: ConfigValue, to: ConfigValue): Domain | string {
  if (center > 0)
    return { kind: 'float', low: tidy(center / 10), high: tidy(center * 10), isLog: true, step: null };
  return bothWays(from, to, 'changed');
}

/** Dropping everything, or never forgetting, trains nothing: the ends that break a training are left out. */
function aroundShare(name: string, center: number): Domain {
  const top = /drop/u.test(name) ? 0.9 : NEAR_ONE.test(name) ? 0.999 : 1;
  const high = Math.max(center, Math.min(top, center + 0.2));
  return { kind: 'float', low: tidy(Math.max(0, center - 0.2)), high: tidy(high), isLog: false, step: null };
}

function aroundSize(name: string, center: number): Domain {
  const isPower = center >= 4 && Number.isInteger(Math.log2(center));
  if (isPower && /batch|size|units|dim|width|hidden|channels|features/u.test(name)) {
    return { kind: 'ordinal', choices: [center / 2, center, center * 2] };
  }
  const low = Math.max(1, Math.floor(center / 2));
  return { kind: 'int', low, high: center * 2, isLog: center >= 8, step: 1 };
}

function around(a: number, b: number): Domain {
  return { kind: 'float', low: tidy(Math.min(a, b)), high: tidy(Math.max(a, b)), isLog: false, step: null };
}

/** 1e-4 · 10 is 0.001, not 0.0010000000000000002. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
