import * as z from 'zod';
import { TrackerFailure } from '../_contract.ts';

/** A server that accepts and never answers must not be waited for longer. */
const TIMEOUT_MS = 10_000;
const PAGE = 25_000;

/** Protocol buffers as JSON: 64-bit integers come as texts or numbers, NaN and infinities as texts. */
const float = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).transform(Number);
const integer = z.union([z.number(), z.string().regex(/^-?\d{1,18}$/)]).transform(Number);
const nothing = z.unknown();
const experiment = z.object({ experiment_id: z.string(), lifecycle_stage: z.string().optional() });
const experimentAnswer = z.object({ experiment });
const createdExperiment = z.object({ experiment_id: z.string() });
const run = z.object({
  info: z.object({
    run_id: z.string(),
    status: z.string().optional(),
    artifact_uri: z.string().optional(),
  }),
  data: z.object({ metrics: z.array(z.object({ key: z.string() })).optional() }).optional(),
});
const runAnswer = z.object({ run });
const runsAnswer = z.object({ runs: z.array(run).optional() });
const historyAnswer = z.object({
  metrics: z
    .array(
      z.object({
        value: float.optional().transform((value) => value ?? 0),
        step: integer.optional().transform((step) => step ?? 0),
      }),
    )
    .optional(),
  next_page_token: z.string().optional(),
});
const refusal = z.object({ error_code: z.string().optional(), message: z.string().optional() });

export type MlflowRun = z.output<typeof run>;

export interface MlflowAddress {
  base: string;
  /** Never in a message. */
  authorization: string | undefined;
}

/** Writes to an MLflow tracking server (2.x and 3.x), and to no other address: redirects are refused. */
export class MlflowClient {
  readonly #address: MlflowAddress;

  constructor(address: MlflowAddress) {
    this.#address = address;
  }

  /** Id of the experiment of that name, which is made where there is none. */
  async experiment(name: string, signal: AbortSignal): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const found = await this.#ifThere(
        this.#get('experiments/get-by-name', { experiment_name: name }, experimentAnswer, signal),
      );
      if (found?.experiment.lifecycle_stage === 'deleted') {
        throw new TrackerFailure(
          'unavailable',
          `The experiment '${name}' is deleted on ${this.#address.base}; restore it, or name another with tracking.mlflow.experiment.`,
        );
      }
      if (found) return found.experiment.experiment_id;
      try {
        return (await this.#post('experiments/create', { name }, createdExperiment, signal)).experiment_id;
      } catch (error) {
        // Somebody else may have made it meanwhile.
        if (attempt > 1 || !(error instanceof TrackerFailure) || error.reason !== 'rejected') throw error;
      }
    }
  }

  /** Runs with that tag, the oldest first; deleted ones are not among them. `value` holds no quotes. */
  async runsWith(
    experimentId: string,
    tag: string,
    value: string,
    signal: AbortSignal,
  ): Promise<MlflowRun[]> {
    const body = {
      experiment_ids: [experimentId],
      filter: `tags.\`${tag}\` = '${value}'`,
      run_view_type: 'ACTIVE_ONLY',
      max_results: 10,
      order_by: ['attributes.start_time ASC'],
    };
    return (await this.#post('runs/search', body, runsAnswer, signal)).runs ?? [];
  }

  async createRun(body: object, signal: AbortSignal): Promise<MlflowRun> {
    return (await this.#post('runs/create', body, runAnswer, signal)).run;
  }

  async updateRun(body: object, signal: AbortSignal): Promise<void> {
    await this.#post('runs/update', body, nothing, signal);
  }

  async deleteRun(id: string, signal: AbortSignal): Promise<void> {
    await this.#ifThere(this.#post('runs/delete', { run_id: id }, nothing, signal));
  }

  async logBatch(body: object, signal: AbortSignal): Promise<void> {
    await this.#post('runs/log-batch', body, nothing, signal);
  }

  /** All values of a metric in the order in which they were logged. */
  async history(id: string, key: string, signal: AbortSignal): Promise<{ step: number; value: number }[]> {
    const values: { step: number; value: number }[] = [];
    const seen = new Set<string>();
    for (let token = ''; ;) {
      const query = { run_id: id, metric_key: key, max_results: String(PAGE) };
      const page = token === '' ? query : { ...query, page_token: token };
      const answer = await this.#get('metrics/get-history', page, historyAnswer, signal);
      for (const value of answer.metrics ?? []) values.push(value);
      token = answer.next_page_token ?? '';
      // A server that gives the same page again and again must not hold us.
      if (token === '' || seen.has(token)) return values;
      seen.add(token);
    }
  }

  /** `path`: below the root of the artifact store that the server passes on to. */
  async upload(path: string, bytes: Buffer, signal: AbortSignal): Promise<void> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    const headers = { 'content-type': 'application/octet-stream' };
    await this.#send('PUT', `mlflow-artifacts/artifacts/${encoded}`, headers, new Uint8Array(bytes), signal);
  }

  #get<T>(
    what: string,
    query: Record<string, string>,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    return this.#ask('GET', `${what}?${new URLSearchParams(query).toString()}`, undefined, schema, signal);
  }

  #post<T>(what: string, body: object, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    return this.#ask('POST', what, JSON.stringify(body), schema, signal);
  }

  async #ask<T>(
    method: 'GET' | 'POST',
    what: string,
    body: string | undefined,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const text = await this.#send(method, `mlflow/${what}`, headers, body, signal);
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new TrackerFailure(
      'unavailable',
      `${this.#address.base} does not answer as an MLflow server does.`,
      parsed.error,
    );
  }

  async #send(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    headers: Record<string, string>,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const { base, authorization } = this.#address;
    const request: RequestInit = {
      method,
      headers: authorization === undefined ? headers : { ...headers, authorization },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    };
    if (body !== undefined) request.body = body;
    try {
      const response = await fetch(`${base}/api/2.0/${path}`, request);
      const content = await response.text();
      if (response.ok) return content;
      throw refused(base, response.status, content);
    } catch (error) {
      throw error instanceof TrackerFailure ? error : unreachable(base, error);
    }
  }

  async #ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof TrackerFailure && error.reason === 'gone') return undefined;
      throw error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    // Python's JSON may hold bare NaN.
    return JSON.parse(text.replaceAll(/:\s*(-?(?:NaN|Infinity))(?=\s*[,}])/g, ': "$1"'));
  } catch {
    return undefined;
  }
}

function unreachable(base: string, error: unknown): TrackerFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const why = isLate ? 'it did not answer in time' : cause instanceof Error ? cause.message : String(cause);
  return new TrackerFailure('unavailable', `The MLflow server at ${base} cannot be reached: ${why}.`, error);
}

/** MLflow says what was wrong as JSON; a status alone may come from whatever stands before it. */
function refused(base: string, status: number, content: string): TrackerFailure {
  const { error_code: code = '', message = '' } = refusal.safeParse(parseJson(content)).data ?? {};
  const said = message === '' ? '' : `: ${message.slice(0, 300)}`;
  if (code === 'RESOURCE_DOES_NOT_EXIST' || /must be in the 'active' state/.test(message))
    return new TrackerFailure('gone', `The MLflow server at ${base} does not know it any more${said}.`);
  const isOurs = (status === 400 || status === 413 || status === 422) && (code !== '' || status === 413);
  if (isOurs) return new TrackerFailure('rejected', `status ${status}${said}`);
  const hint =
    status === 401 || status === 403
      ? ' Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.'
      : '';
  return new TrackerFailure(
    'unavailable',
    `The MLflow server at ${base} answered with status ${status}${said}.${hint}`,
  );
}
