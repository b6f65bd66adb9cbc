import { metricsError } from '../errors.ts';

export interface ServerAddress {
  /** Where the API lies below, without a slash at the end. */
  base: string;
  headers: Record<string, string>;
  run: string | undefined;
  experiment: string | undefined;
  /** As the user wrote it, without a password. */
  shown: string;
}

const RUN_ID = /^[0-9a-f]{32}$/i;

/**
 * `mlflow:http://host:5000/#/experiments/1/runs/<id>` (the address of a run's page), `mlflow:http://host:5000/<run>`,
 * or `mlflow://host:5000/<run>`; without a run the newest of the experiment, or of the server.
 */
export function parseAddress(path: string): ServerAddress {
  const text = path
    .replace(/^mlflow\+(https?):\/\//i, '$1://')
    .replace(/^mlflow:\/\//i, 'http://')
    .replace(/^mlflow:/i, '');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw metricsError('METRICS_NOT_FOUND', `${path} is no address of an MLflow server.`, {
      remedy:
        'Write mlflow:http://HOST:PORT/RUN_ID, or copy the address of the page of the run behind mlflow:',
    });
  }
  const headers: Record<string, string> = {};
  if (url.username !== '') {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  url.username = '';
  url.password = '';
  const parts = [url.pathname, url.hash.slice(1)]
    .join('/')
    .split(/[/?]/)
    .filter((part) => part !== '');
  const run = after(parts, 'runs') ?? parts.find((part) => RUN_ID.test(part));
  const experiment = after(parts, 'experiments');
  const cut = parts.findIndex((part) => part === 'experiments' || part === 'runs' || part === run);
  const beforeHash = url.pathname.split('/').filter((part) => part !== '');
  const prefix = cut < 0 ? beforeHash : beforeHash.slice(0, cut);
  return {
    base: [url.origin, ...prefix].join('/'),
    headers,
    run,
    experiment,
    shown: `mlflow:${url.href}`,
  };
}

function after(parts: readonly string[], word: string): string | undefined {
  const at = parts.indexOf(word);
  return at < 0 ? undefined : parts[at + 1];
}
