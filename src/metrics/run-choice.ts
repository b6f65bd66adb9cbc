import { metricsError } from './errors.ts';

/** One of the runs that a database or server holds. */
export interface StoredRun {
  id: string;
  name: string;
}

const NAMED = 4;

/**
 * The run that is meant: by its id, the beginning of its id, or its name; where none is named, the first (the newest).
 * `warning`: which was taken of several, and how to name another.
 */
export function chooseRun(
  runs: readonly StoredRun[],
  which: string | undefined,
  { path, address, what = 'run' }: { path: string; address: (id: string) => string; what?: string },
): { run: StoredRun | undefined; warning: string | undefined } {
  const [newest, ...others] = runs;
  if (which === undefined) {
    const [other] = others;
    if (!newest || !other) return { run: newest, warning: undefined };
    const names =
      others
        .slice(0, NAMED - 1)
        .map(titleOf)
        .join(', ') + (others.length >= NAMED ? ', …' : '');
    const warning = `took the ${what} ${titleOf(newest)}, the newest of ${runs.length}; name another as ${address(other.id)} (${names})`;
    return { run: newest, warning };
  }
  const exact = runs.find(({ id }) => id === which);
  const named = runs.filter(({ id, name }) => name === which || (which.length >= 4 && id.startsWith(which)));
  if (exact) return { run: exact, warning: undefined };
  if (named.length === 1) return { run: named[0], warning: undefined };
  const listed = (named.length > 1 ? named : runs).slice(0, 10).map(titleOf).join(', ');
  throw metricsError(
    'METRICS_NOT_FOUND',
    named.length > 1
      ? `${path} holds ${named.length} ${what}s that '${which}' may mean: ${listed}.`
      : `${path} holds no ${what} '${which}'${listed === '' ? '' : `; it holds ${listed}`}.`,
    { file: path, remedy: `Name the ${what} by its id.` },
  );
}

function titleOf({ id, name }: StoredRun): string {
  return name === '' || name === id ? id : `'${name}' (${id})`;
}
