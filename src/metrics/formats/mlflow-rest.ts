import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { ServerReader } from '../mlflow/server.ts';

/** A run on an MLflow tracking server: `mlflow:http://host:5000/<run>`, or `mlflow:` before the address of the run's page. */
export const mlflowRest: MetricFormat = {
  name: 'mlflow-rest',
  title: 'MLflow server',
  detect: ({ kind, path }: Sample): Detection | undefined =>
    kind === 'address' && /^mlflow(?:\+https?)?:(?:\/\/|https?:)/i.test(path)
      ? { confidence: 1, why: 'its address' }
      : undefined,
  open: (member: Member, sink: Sink) => new ServerReader(member, sink),
};
