import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrackedRun } from '../_contract.ts';
import { trackerConformance } from '../conformance.ts';
import { pretendMlflow, type Pretended } from '../mlflow/fixtures/server.ts';
import { MlflowTracker } from './mlflow.ts';

const { signal } = new AbortController();
const open: { server?: Pretended } = {};
const server = (): Pretended => {
  if (!open.server) throw new Error('not begun');
  return open.server;
};
const create = (changes: Partial<ConstructorParameters<typeof MlflowTracker>[0]> = {}): MlflowTracker =>
  new MlflowTracker({
    kind: 'mlflow',
    base: server().uri,
    experiment: 'digits',
    hasArtifacts: true,
    authorization: undefined,
    ...changes,
  });

trackerConformance('MLflow', {
  create: () => create(),
  before: async () => void (open.server = await pretendMlflow()),
  after: () => server().close(),
});

describe('what an MLflow server is told', () => {
  const study: TrackedRun = {
    key: 'study-1',
    parent: null,
    name: 'digits study-1',
    group: null,
    params: { metric: 'val_acc' },
    tags: { 'pawl.reason': 'It is better.' },
    status: 'running',
    startedAt: 1000.4,
    endedAt: null,
  };
  const run: TrackedRun = {
    ...study,
    key: 'study-1/baseline-s1',
    parent: 'study-1',
    name: 'baseline-s1',
    params: { lr: 0.1, 'name: x': 'y' },
    tags: { 'pawl.seed': '1' },
  };

  beforeAll(async () => void (open.server = await pretendMlflow()));
  afterAll(() => server().close());

  test('a run is nested in its study, with params, tags, status and end', async () => {
    const tracker = create({ authorization: 'Bearer secret' });
    await tracker.open(study, signal);
    await tracker.open(run, signal);
    await tracker.describe({ ...run, status: 'killed', endedAt: 2000.6 }, signal);
    await tracker.describe(study, signal);
    const [parent, child] = server().runs;
    expect(Object.fromEntries(child?.tags ?? [])).toMatchObject({
      'pawl.run': 'study-1/baseline-s1',
      'mlflow.parentRunId': parent?.id,
      'pawl.seed': '1',
      'mlflow.source.name': 'pawl',
    });
    expect(Object.fromEntries(child?.params ?? [])).toEqual({ lr: '0.1', 'name_ x': 'y' });
    expect([child?.name, child?.status, child?.endTime]).toEqual(['baseline-s1', 'KILLED', 2001]);
    expect(parent?.tags.get('mlflow.note.content')).toBe('It is better.');
    expect(new Set(server().requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer secret']),
    );
  });

  test('an artifact store that the server does not pass on to is said', async () => {
    server().artifactRoot = 'file:///mlruns/';
    const tracker = create();
    const other = { ...study, key: 'study-2' };
    await tracker.open(other, signal);
    const attached = tracker.attach(other, { name: 'report.md', bytes: Buffer.from('#') }, signal);
    await expect(attached).rejects.toMatchObject({
      reason: 'rejected',
      message: expect.stringContaining('does not pass artifacts on') as string,
    });
  });

  test('a second run with the same key, from a request that was answered too late, is removed', async () => {
    const key = 'study-3';
    const tracker = create();
    await tracker.open({ ...study, key }, signal);
    const twin = server().runs.at(-1);
    if (!twin) throw new Error('no run');
    server().runs.push({ ...twin, id: 'f'.repeat(32) });
    await create().open({ ...study, key }, signal);
    expect(
      server()
        .runs.filter(({ tags }) => tags.get('pawl.run') === key)
        .map(({ isDeleted }) => isDeleted),
    ).toEqual([false, true]);
  });

  test.each([
    [401, '', 'unavailable', 'Set MLFLOW_TRACKING_TOKEN'],
    [503, 'busy', 'unavailable', 'answered with status 503'],
    [200, '<html>', 'unavailable', 'does not answer as an MLflow server does'],
    [404, '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}', 'gone', 'does not know it any more'],
    [400, '{"error_code":"INVALID_PARAMETER_VALUE","message":"bad"}', 'rejected', 'status 400: bad'],
    [400, 'a proxy says no', 'unavailable', 'answered with status 400'],
  ])('status %d %s is %s', async (status, body, reason, message) => {
    const tracker = create({ authorization: 'Basic c2VjcmV0' });
    await tracker.open({ ...study, key: 'study-4' }, signal);
    server().disturb = (path) => (path.endsWith('runs/search') ? { status, body } : undefined);
    const failed = tracker.open({ ...study, key: 'study-5' }, signal);
    await expect(failed).rejects.toMatchObject({
      reason,
      message: expect.stringContaining(message) as string,
    });
    await expect(failed).rejects.not.toMatchObject({
      message: expect.stringContaining('c2VjcmV0') as string,
    });
    server().disturb = () => undefined;
  });

  test('a server that is not there', async () => {
    const failed = create({ base: 'http://127.0.0.1:9' }).open(study, signal);
    await expect(failed).rejects.toMatchObject({ reason: 'unavailable' });
  });
});
