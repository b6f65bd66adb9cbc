import * as z from 'zod';
import { metricsError } from '../errors.ts';
import type { ServerAddress } from './address.ts';

const TIMEOUT_MS = 15_000;
const PAGE = 25_000;

/** Protocol buffers as JSON: 64-bit integers come as texts or numbers, NaN and infinities as texts. */
const integer = z.union([z.number(), z.string().regex(/^-?\d{1,18}$/)]).transform(Number);
const float = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).transform(Number);
const metric = z.object({
  key: z.string(),
  value: float.optional().transform((value) => value ?? 0),
  timestamp: integer,
  step: integer.optional().transform((step) => step ?? 0),
});
const info = z.object({
  run_id: z.string(),
  run_name: z.string().optional(),
  status: z.string().optional(),
  lifecycle_stage: z.string().optional(),
});
const run = z.object({ info, data: z.object({ metrics: z.array(metric).optional() }).optional() });
const runAnswer = z.object({ run });
const searchAnswer = z.object({ runs: z.array(run).optional() });
const experimentsAnswer = z.object({
  experiments: z.array(z.object({ experiment_id: z.string() })).optional(),
});
const historyAnswer = z.object({
  metrics: z.array(metric).optional(),
  next_page_token: z.string().optional(),
});

export type LoggedMetric = z.output<typeof metric>;
export type ServerRun = z.output<typeof run>;

/** Asks an MLflow tracking server, and no other address: redirects are refused. */
export class TrackingClient {
  private readonly address: ServerAddress;

  constructor(address: ServerAddress) {
    this.address = address;
  }

  /** With the latest value of each metric. */
  async run(id: string, signal: AbortSignal): Promise<ServerRun> {
    return (await this.ask('GET', 'runs/get', { run_id: id }, runAnswer, signal)).run;
  }

  /** The newest first. */
  async newestRuns(experiment: string | undefined, signal: AbortSignal): Promise<ServerRun[]> {
    const ids = experiment === undefined ? await this.experiments(signal) : [experiment];
    if (ids.length === 0) return [];
    const body = { experiment_ids: ids, max_results: 10, order_by: ['attributes.start_time DESC'] };
    return (await this.ask('POST', 'runs/search', body, searchAnswer, signal)).runs ?? [];
  }

  /** All that was logged of a metric, page by page. */
  async *history(runId: string, key: string, signal: AbortSignal): AsyncGenerator<LoggedMetric[]> {
    const seen = new Set<string>();
    for (let token = ''; ;) {
      const query: Record<string, string> = { run_id: runId, metric_key: key, max_results: String(PAGE) };
      if (token !== '') query['page_token'] = token;
      const answer = await this.ask('GET', 'metrics/get-history', query, historyAnswer, signal);
      yield answer.metrics ?? [];
      token = answer.next_page_token ?? '';
      // A server that gives the same page again and again must not hold us.
      if (token === '' || seen.has(token)) return;
      seen.add(token);
    }
  }

  private async experiments(signal: AbortSignal): Promise<string[]> {
    const body = { max_results: 1000, view_type: 'ACTIVE_ONLY' };
    const answer = await this.ask('POST', 'experiments/search', body, experimentsAnswer, signal);
    return (answer.experiments ?? []).map(({ experiment_id: id }) => id);
  }

  private async ask<T>(
    method: 'GET' | 'POST',
    what: string,
    parameters: object,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { base, headers, shown } = this.address;
    const query = method === 'GET' ? `?${new URLSearchParams({ ...parameters }).toString()}` : '';
    const request: RequestInit = {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    };
    if (method === 'POST') request.body = JSON.stringify(parameters);
    const text = await fetch(`${base}/api/2.0/mlflow/${what}${query}`, request).then(
      async (response) => {
        const content = await response.text();
        if (!response.ok) throw refused(shown, what, response.status, content);
        return content;
      },
      (error: unknown) => {
        throw unreachable(shown, error);
      },
    );
    // Python's JSON may hold bare NaN.
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw metricsError('METRICS_UNREADABLE', `${shown} does not answer as an MLflow server does (${what}).`, {
      file: shown,
      remedy: 'Check that the address is that of the MLflow server itself.',
      cause: parsed.error,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/:\s*(-?(?:NaN|Infinity))(?=\s*[,}])/g, ': "$1"'));
  } catch {
    return undefined;
  }
}

function unreachable(shown: string, error: unknown): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const name = error instanceof Error ? error.name : '';
  const why =
    name === 'TimeoutError'
      ? 'it did not answer in time'
      : cause instanceof Error
        ? cause.message
        : String(cause);
  return metricsError('METRICS_UNREADABLE', `The MLflow server at ${shown} cannot be reached: ${why}.`, {
    file: shown,
    remedy: 'Check the address, and whether the server runs (mlflow server --port …).',
    cause: error,
  });
}

function refused(shown: string, what: string, status: number, content: string): Error {
  const message = /"message":\s*"((?:[^"\\]|\\.){0,300})/.exec(content)?.[1] ?? '';
  const remedy =
    status === 401 || status === 403
      ? 'Put the name and password into the address: mlflow:http://NAME:PASSWORD@HOST…'
      : 'Check the run in the address.';
  return metricsError(
    status === 404 ? 'METRICS_NOT_FOUND' : 'METRICS_UNREADABLE',
    `The MLflow server at ${shown} refused ${what} with ${status}${message === '' ? '' : `: ${message}`}.`,
    { file: shown, remedy },
  );
}
