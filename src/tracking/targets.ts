import { basename } from 'node:path';
import { writableInProject, type Project } from '../project/load.ts';
import { trackingError } from './errors.ts';

export interface MlflowTarget {
  kind: 'mlflow';
  /** Address of the server, without credentials. */
  base: string;
  experiment: string;
  hasArtifacts: boolean;
  /** Goes into requests only, never into a message or a file. */
  authorization: string | undefined;
}

export interface TensorboardTarget {
  kind: 'tensorboard';
  /** Absolute, inside the project. */
  folder: string;
  /** As it stands in pawl.yaml. */
  shown: string;
}

export type Target = MlflowTarget | TensorboardTarget;
type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_FOLDER = 'runs';

/** Where runs are logged to, by `tracking:` and the variables that MLflow's own clients read; none without `tracking:`. */
export function targetsOf(project: Project, environment: Environment): Target[] {
  const { tracking } = project.settings;
  if (tracking === undefined) return [];
  const { mlflow, tensorboard } =
    typeof tracking === 'object'
      ? tracking
      : {
          mlflow: tracking === 'mlflow' ? (true as const) : tracking === 'tensorboard' ? undefined : tracking,
          tensorboard: tracking === 'tensorboard' ? (true as const) : undefined,
        };
  const targets: Target[] = [];
  if (mlflow !== undefined) {
    const asked = mlflow === true ? {} : typeof mlflow === 'string' ? { uri: mlflow } : mlflow;
    targets.push(mlflowTarget(project, asked, environment));
  }
  if (tensorboard !== undefined) {
    const shown = tensorboard === true ? DEFAULT_FOLDER : tensorboard;
    targets.push({ kind: 'tensorboard', folder: writableInProject(project, shown), shown });
  }
  return targets;
}

function mlflowTarget(
  project: Project,
  asked: { uri?: string | undefined; experiment?: string | undefined; artifacts?: boolean },
  environment: Environment,
): MlflowTarget {
  const uri = asked.uri ?? environment['MLFLOW_TRACKING_URI'];
  const url = uri !== undefined && URL.canParse(uri) ? new URL(uri) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw trackingError(
      'TRACKING_ADDRESS_MISSING',
      uri === undefined
        ? '`tracking:` names MLflow but no server, and MLFLOW_TRACKING_URI is not set.'
        : 'MLFLOW_TRACKING_URI is not an http address of an MLflow server.',
      {
        file: project.file,
        remedy: 'Write tracking.mlflow.uri into pawl.yaml, such as http://127.0.0.1:5000.',
      },
    );
  }
  const authorization = authorizationOf(url, environment);
  return {
    kind: 'mlflow',
    base: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    experiment: asked.experiment ?? environment['MLFLOW_EXPERIMENT_NAME'] ?? basename(project.root),
    hasArtifacts: asked.artifacts ?? true,
    authorization,
  };
}

/** A name and password in the address itself come first, then those of the environment, then the token, as in MLflow. */
function authorizationOf(url: URL, environment: Environment): string | undefined {
  const basic = (name: string, password: string): string =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  if (url.username !== '') return basic(decoded(url.username), decoded(url.password));
  const { MLFLOW_TRACKING_USERNAME: name, MLFLOW_TRACKING_PASSWORD: password } = environment;
  if (name && password) return basic(name, password);
  const token = environment['MLFLOW_TRACKING_TOKEN'];
  return token ? `Bearer ${token}` : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
