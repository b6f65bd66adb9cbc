import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { ProjectReader } from '../trackio/database.ts';

/** A trackio project, `<project>.db`, read only; one of its runs as `trackio:<project>.db#<run>`. */
export const trackio: MetricFormat = {
  name: 'trackio',
  title: 'trackio project',
  detect,
  open: (member: Member, sink: Sink) => new ProjectReader(member, sink),
};

function detect({ kind, path, tables }: Sample): Detection | undefined {
  if (kind === 'address')
    return path.toLowerCase().startsWith('trackio:') ? { confidence: 1, why: 'its address' } : undefined;
  if (tables?.includes('metrics') !== true || tables.includes('latest_metrics')) return undefined;
  const isSure = tables.includes('system_metrics') || tables.includes('configs');
  return { confidence: isSure ? 1 : 0.5, why: 'the tables of a trackio project' };
}
