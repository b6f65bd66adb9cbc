import type { Sink } from './_contract.ts';
import { withPhase } from './phase.ts';
import { wrapSink } from './wrap-sink.ts';

/** A sink that puts a phase before the name of every metric that does not name one itself. */
export function phaseSink(sink: Sink, phase: string | undefined): Sink {
  return phase === undefined
    ? sink
    : wrapSink(sink, { column: (name) => sink.column(withPhase(phase, name)) });
}
