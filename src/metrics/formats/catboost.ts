import type { Detection, Member, MetricFormat, MetricReader, Sample, Sink } from '../_contract.ts';
import { CatboostTraining } from '../catboost/training.ts';
import { FolderTailsReader } from '../folder-tails.ts';
import { wrapSink } from '../wrap-sink.ts';
import { TableReader } from './csv.ts';

/**
 * What CatBoost writes to `catboost_info`: `learn_error.tsv`, `test_error.tsv` (a table by iteration each), and both together in
 * `catboost_training.json`. Metrics are named as by its `get_evals_result`: `learn_RMSE`, `validation_RMSE`.
 */
export const catboost: MetricFormat = {
  name: 'catboost',
  title: 'CatBoost training logs',
  detect,
  members: (listing) => listing.filter((path) => OWN.test(path)),
  open,
  openFolder: ({ path }: Member, sink: Sink) =>
    new FolderTailsReader({
      folder: path,
      members: (listing) => listing.filter((file) => !file.includes('/') && TABLE.test(file)),
      open: (member) => new TableReader(member.name, phased(member.name, sink)),
    }),
};

const TABLE = /^(learn|test(\d*))_error\.tsv$/;
/** All that belongs to it, and holds nothing more. */
const OWN =
  /^(?:(?:learn|test\d*)_error\.tsv|time_left\.tsv|catboost_training\.json|(?:learn|test\d*)[/\\]events\.out\.tfevents.*)$/;
const TRAINING = /^catboost_training\.json$/;

function open({ name }: Member, sink: Sink): MetricReader {
  return name.endsWith('.json') ? new CatboostTraining(sink) : new TableReader(name, phased(name, sink));
}

function detect({ kind, name, listing, text }: Sample): Detection | undefined {
  if (kind === 'directory')
    return listing.some((file) => TABLE.test(file))
      ? // The event files beside them say the same, and less.
        { confidence: 1, why: 'learn_error.tsv and test_error.tsv' }
      : undefined;
  if (TABLE.test(name) && text?.startsWith('iter\t') === true)
    return { confidence: 0.99, why: 'a table by iter' };
  return TRAINING.test(name) && /"(?:learn|test)_metrics"\s*:/.test(text ?? '')
    ? { confidence: 0.99, why: 'learn_metrics and test_metrics' }
    : undefined;
}

function phased(name: string, sink: Sink): Sink {
  const [, set, number] = TABLE.exec(name) ?? [];
  if (set === undefined) return sink;
  const phase = set === 'learn' ? 'learn' : number ? `validation_${number}` : 'validation';
  return wrapSink(sink, { column: (metric) => sink.column(`${phase}_${metric}`) });
}
