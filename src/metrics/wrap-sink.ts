import type { Sink, WideRow } from './_contract.ts';

/** A sink that does some things its own way and leaves the rest to another. */
export function wrapSink(sink: Sink, own: Partial<Omit<Sink, 'put'>>): Sink {
  const wrapped: Sink = {
    column: (name) => sink.column(name),
    row: (epoch, step) => sink.row(epoch, step),
    set: (column, value) => sink.set(column, value),
    relabel: (epoch, step) => sink.relabel(epoch, step),
    purge: (columns, from) => sink.purge(columns, from),
    total: (epochs) => sink.total(epochs),
    warn: (warning) => sink.warn(warning),
    ...own,
    put: ({ epoch, step, from, to, columns, values }: WideRow) => {
      wrapped.row(epoch, step);
      for (let i = from; i < to; i++) wrapped.set(columns[i] as number, values[i] as number);
    },
  };
  return wrapped;
}
