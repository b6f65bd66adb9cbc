import { expect, test } from 'vitest';
import type { Project } from '../project/load.ts';
import { projectSchema } from '../project/schema.ts';
import { type Target, targetsOf } from './targets.ts';

function targets(tracking: unknown, environment: Record<string, string> = {}): Target[] {
  const settings = projectSchema.parse({
    train: 'python train.py',
    baseline: { config: 'config.yaml' },
    metric: 'val_acc',
    tracking,
  });
  const project: Project = { root: '/work/digits', file: '/work/digits/pawl.yaml', settings };
  return targetsOf(project, environment);
}

const server = {
  kind: 'mlflow',
  base: 'http://127.0.0.1:5000',
  experiment: 'digits',
  hasArtifacts: true,
  authorization: undefined,
};
const folder = { kind: 'tensorboard', folder: '/work/digits/runs', shown: 'runs' };
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

test.each<[string, unknown, Record<string, string>, unknown[]]>([
  ['nothing', undefined, { MLFLOW_TRACKING_URI: 'http://h' }, []],
  ['an address', 'http://127.0.0.1:5000', {}, [server]],
  ['mlflow by name', 'mlflow', { MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000/' }, [server]],
  ['tensorboard by name', 'tensorboard', {}, [folder]],
  [
    'both',
    { mlflow: { uri: 'http://127.0.0.1:5000', experiment: 'digits' }, tensorboard: 'runs' },
    {},
    [server, folder],
  ],
  [
    'both by default',
    { mlflow: true, tensorboard: true },
    { MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000' },
    [server, folder],
  ],
  [
    'an address below another',
    { mlflow: 'https://host/mlflow/' },
    {},
    [{ ...server, base: 'https://host/mlflow' }],
  ],
  [
    'pawl.yaml before the environment',
    'http://127.0.0.1:5000',
    { MLFLOW_TRACKING_URI: 'http://other' },
    [server],
  ],
  [
    'the experiment of the environment',
    'http://127.0.0.1:5000',
    { MLFLOW_EXPERIMENT_NAME: 'x' },
    [{ ...server, experiment: 'x' }],
  ],
  [
    'a name and password',
    'http://127.0.0.1:5000',
    { MLFLOW_TRACKING_USERNAME: 'me', MLFLOW_TRACKING_PASSWORD: 'p:w' },
    [{ ...server, authorization: basic('me:p:w') }],
  ],
  [
    'a token',
    'http://127.0.0.1:5000',
    { MLFLOW_TRACKING_TOKEN: 't' },
    [{ ...server, authorization: 'Bearer t' }],
  ],
  [
    'credentials in the address',
    'http://me:p%40w@127.0.0.1:5000',
    { MLFLOW_TRACKING_TOKEN: 't' },
    [{ ...server, authorization: basic('me:p@w') }],
  ],
  [
    'no artifacts',
    { mlflow: { uri: 'http://127.0.0.1:5000', artifacts: false } },
    {},
    [{ ...server, hasArtifacts: false }],
  ],
  [
    'another folder',
    { tensorboard: 'logs/tb' },
    {},
    [{ ...folder, folder: '/work/digits/logs/tb', shown: 'logs/tb' }],
  ],
])('%s', (_name, tracking, environment, expected) => {
  expect(targets(tracking, environment)).toEqual(expected);
});

test.each<[string, unknown, Record<string, string>, string]>([
  ['no address anywhere', 'mlflow', {}, 'TRACKING_ADDRESS_MISSING'],
  ['a file store', { mlflow: true }, { MLFLOW_TRACKING_URI: 'file:///mlruns' }, 'TRACKING_ADDRESS_MISSING'],
  ['a folder outside', { tensorboard: '../runs' }, {}, 'PROJECT_OUTSIDE'],
  ['an absolute folder', { tensorboard: '/runs' }, {}, 'PROJECT_OUTSIDE'],
])('refused: %s', (_name, tracking, environment, code) => {
  expect(() => targets(tracking, environment)).toThrow(expect.objectContaining({ code }) as Error);
});

test('a wrong address in the environment is not repeated: it may hold a password', () => {
  try {
    targets('mlflow', { MLFLOW_TRACKING_URI: 'htp://me:secret@host' });
    expect.unreachable();
  } catch (error) {
    expect(String(error)).not.toContain('secret');
  }
});
