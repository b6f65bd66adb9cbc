import { ABSENT } from './number.ts';

/** A relative difference, signed: 5.32 → `+5.3%`; small ones keep two digits. */
export function formatRelative(percent: number | null): string {
  if (percent === null) return ABSENT;
  if (!Number.isFinite(percent)) return String(percent);
  const size = Math.abs(percent);
  const decimals = size === 0 || size >= 1 ? 1 : Math.min(3, 1 - Math.floor(Math.log10(size)));
  const text = size.toFixed(decimals);
  return `${Number(text) === 0 ? '' : percent < 0 ? '-' : '+'}${text}%`;
}

/** A share of 0–1 as people read it: 0.978 → `98%`, never 0 % or 100 % where it is neither. */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return ABSENT;
  const percent = share * 100;
  if (percent > 0 && percent < 1) return '< 1%';
  if (percent < 100 && percent > 99) return '> 99%';
  return `${Math.round(percent)}%`;
}

/** Two-sided coverage of an interval whose one-sided level is `alpha`: 0.05 → `90%`. */
export function formatCoverage(alpha: number): string {
  return `${Number((100 * (1 - 2 * alpha)).toFixed(2))}%`;
}
