import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { ServerReader } from '../mlflow/server.ts';

const OWN = /^mlflow(?:\+https?)?:(?:\/\/|https?:)/i;
/** The address of a run's page, as a browser shows it. */
const PAGE = /^https?:\/\/\S+#\/experiments\/\d+\/runs\/[0-9a-f]{32}\b/i;

/** A run on an MLflow tracking server: `mlflow:http://host:5000/<run>`, or the address of the run's page. */
export const mlflowRest: MetricFormat = {
  name: 'mlflow-rest',
  title: 'MLflow server',
  detect: ({ kind, path }: Sample): Detection | undefined =>
    kind === 'address' && (OWN.test(path) || PAGE.test(path))
      ? { confidence: 1, why: 'its address' }
      : undefined,
  open: (member: Member, sink: Sink) => new ServerReader(member, sink),
};
