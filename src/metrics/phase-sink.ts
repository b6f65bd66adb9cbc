import type { Sink } from './_contract.ts';
import { withPhase } from './phase.ts';

/** A sink that puts a phase before the name of every metric that does not name one itself. */
export function phaseSink(sink: Sink, phase: string | undefined): Sink {
  if (phase === undefined) return sink;
  return {
    column: (name) => sink.column(withPhase(phase, name)),
    row: (epoch, step) => sink.row(epoch, step),
    set: (column, value) => sink.set(column, value),
    relabel: (epoch, step) => sink.relabel(epoch, step),
    purge: (columns, from) => sink.purge(columns, from),
    total: (epochs) => sink.total(epochs),
    warn: (warning) => sink.warn(warning),
  };
}
