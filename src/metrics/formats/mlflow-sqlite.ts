import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { StoreReader } from '../mlflow/database.ts';

/** MLflow's SQL store in SQLite, read only: `mlflow.db`, or one of its runs as `mlflow:mlflow.db#run`. */
export const mlflowSqlite: MetricFormat = {
  name: 'mlflow-sqlite',
  title: 'MLflow database',
  detect,
  open: (member: Member, sink: Sink) => new StoreReader(member, sink),
};

function detect({ kind, path, name, tables }: Sample): Detection | undefined {
  if (kind === 'address')
    return /^mlflow:(?!\/\/|https?:)/i.test(path) ? { confidence: 1, why: 'its address' } : undefined;
  if (tables?.includes('latest_metrics') === true && tables.includes('runs'))
    return { confidence: 1, why: 'the tables of an MLflow store' };
  // A damaged one shows no tables.
  return tables?.length === 0 && /mlflow/i.test(name) ? { confidence: 0.6, why: 'its name' } : undefined;
}
