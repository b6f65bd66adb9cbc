import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { FolderTailsReader } from '../folder-tails.ts';
import { wrapSink } from '../wrap-sink.ts';
import { TableReader } from './csv.ts';

/**
 * A DVCLive folder: a table of step and value for each metric, `plots/metrics/val/loss.tsv`, which is named by its path, since
 * its header holds the last part only.
 */
export const dvclive: MetricFormat = {
  name: 'dvclive',
  title: 'DVCLive folder',
  detect,
  members: (listing) => listing.filter((path) => PLOT.test(slashes(path)) || SUMMARY.test(slashes(path))),
  open: ({ path, name }: Member, sink: Sink) => new TableReader(name, named(path, sink)),
  openFolder: ({ path }: Member, sink: Sink) =>
    new FolderTailsReader({
      folder: path,
      members: (listing) => listing.filter((file) => PLOT.test(file)),
      open: (member) => new TableReader(member.name, named(member.path, sink)),
    }),
};

const PLOT = /^(?:dvclive\/)?plots\/(?:metrics|scalars)\/.+\.tsv$/;
/** The latest values, which the tables hold too. */
const SUMMARY = /^(?:dvclive\/)?metrics\.json$/;
const PLACE = /(?:^|\/)plots\/(?:metrics|scalars)\/(.+)\.tsv$/;

function detect({ kind, path, listing, text }: Sample): Detection | undefined {
  if (kind === 'directory')
    return listing.some((file) => PLOT.test(slashes(file)))
      ? { confidence: 0.99, why: 'plots/metrics/*.tsv' }
      : undefined;
  return PLACE.test(slashes(path)) && /^(?:timestamp\t)?step\t/.test(text ?? '')
    ? { confidence: 0.99, why: 'a table of step and value in plots/metrics' }
    : undefined;
}

/** The metric's column under the name that its file stands for; a time stamp is none. */
function named(path: string, sink: Sink): Sink {
  const name = PLACE.exec(slashes(path))?.[1];
  if (name === undefined) return sink;
  return wrapSink(sink, { column: (column) => (column === 'timestamp' ? -1 : sink.column(name)) });
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
