import { fileURLToPath } from 'node:url';

export interface Target {
  /** The database or server. */
  place: string;
  /** What is meant of it: a run's name or id; undefined where none is named. */
  which: string | undefined;
}

/** Takes `mlflow:runs.db#run` apart, also `mlflow:sqlite:///runs.db#run` as MLflow and Optuna write it; other paths are places. */
export function targetOf(path: string, scheme: string): Target {
  const prefix = `${scheme}:`;
  if (!path.toLowerCase().startsWith(prefix)) return { place: path, which: undefined };
  const rest = path.slice(prefix.length);
  const hash = rest.indexOf('#');
  const place = hash < 0 ? rest : rest.slice(0, hash);
  const which = hash < 0 ? undefined : decode(rest.slice(hash + 1));
  return { place: fileOf(place), which: which === '' ? undefined : which };
}

/** SQLAlchemy: three slashes before a relative path, four before an absolute one. */
function fileOf(place: string): string {
  const sqlite = /^sqlite(?:\+\w+)?:\/\/\/(.+)$/i.exec(place);
  if (sqlite) return sqlite[1] as string;
  return /^file:\/\//i.test(place) ? fileURLToPath(place) : place;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
