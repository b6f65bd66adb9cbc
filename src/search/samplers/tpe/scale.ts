import { fromScale, logBounds, sizeOf, valueAt } from '../../space/domain.ts';
import type { ConfigValue } from '../../../config/value.ts';
import type { Domain } from '../../space.ts';

/** How a parameter enters the mixture. Bounds are on its scale (see `table.ts`), half a cell wider where it is discrete. */
export interface Scale {
  readonly domain: Domain;
  readonly kind: 'continuous' | 'discrete' | 'categorical';
  readonly low: number;
  readonly high: number;
  /** Number of choices of a categorical parameter. */
  readonly size: number;
}

export function scaleOf(domain: Domain): Scale {
  const size = sizeOf(domain);
  if (domain.kind === 'categorical') return { domain, kind: 'categorical', low: 0, high: size, size };
  if (domain.kind === 'ordinal') return { domain, kind: 'discrete', low: -0.5, high: size - 0.5, size };
  if (domain.isLog) {
    const [low, high] = logBounds(domain);
    return { domain, kind: domain.kind === 'int' ? 'discrete' : 'continuous', low, high, size };
  }
  const margin = domain.step === null ? 0 : domain.step / 2;
  const kind = domain.step === null ? 'continuous' : 'discrete';
  return { domain, kind, low: domain.low - margin, high: domain.high + margin, size };
}

/** The grid value nearest to x, on the scale; x itself where the parameter is continuous. */
export function snap({ domain, kind, size }: Scale, x: number): number {
  if (kind !== 'discrete') return x;
  if (domain.kind === 'ordinal') return Math.max(0, Math.min(size - 1, Math.round(x)));
  if (domain.kind === 'categorical') return x;
  if (domain.isLog) return Math.log(fromScale(domain, x));
  const step = domain.step ?? 1;
  return domain.low + Math.max(0, Math.min(size - 1, Math.round((x - domain.low) / step))) * step;
}

/** The ends of the cell of a discrete value, on the scale. */
export function cellOf({ domain }: Scale, x: number): readonly [number, number] {
  if (domain.kind === 'ordinal' || domain.kind === 'categorical') return [x - 0.5, x + 0.5];
  if (domain.isLog) {
    const value = Math.round(Math.exp(x));
    return [Math.log(value - 0.5), Math.log(value + 0.5)];
  }
  const half = (domain.step ?? 1) / 2;
  return [x - half, x + half];
}

/** The config value at x. */
export function valueOn({ domain, kind }: Scale, x: number): ConfigValue {
  if (domain.kind === 'categorical' || domain.kind === 'ordinal') return valueAt(domain, x);
  if (kind === 'continuous' || domain.isLog || domain.step === null) return fromScale(domain, x);
  return valueAt(domain, Math.round((x - domain.low) / domain.step));
}
