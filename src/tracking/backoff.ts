const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** How long to wait after the n-th failure in a row (from 1): doubled each time, up to a minute. `random` from 0 to 1. */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  // Some spread, so that many studies do not fall upon a server that comes back all at once.
  return full * (0.75 + 0.25 * random);
}
