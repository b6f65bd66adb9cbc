import type { Sink } from '../_contract.ts';
import { findAxes } from '../axis.ts';
import { phaseOf } from '../phase.ts';
import { phaseSink } from '../phase-sink.ts';
import { RecordReader } from '../record.ts';
import { stripEscapes, stripPrefixes } from './clean.ts';
import { findDict } from './dict.ts';
import { LogPosition } from './position.ts';
import { metricsOf } from './line.ts';
import { readMarker } from './marker.ts';
import { blankNoise, takeBar } from './noise.ts';
import { findPairs, type Pair } from './pairs.ts';
import { TableWatcher } from './table.ts';

const LENGTH_LIMIT = 4000;
/** `Validation results:`, `[Test]`, `Evaluating...` on a line of its own. */
const SECTION =
  /^[\s\W]*([a-z]+)(?:[\s_-]+[a-z]+){0,3}\s*(?::[\s\W]*|\][\s\W]*|[=*#-]{2,}\s*|\.{3}\s*|…\s*)$/i;
const TWO_CELLS = /^\s*[|│┃]\s*([^|│┃]*[A-Za-z][^|│┃]*?)\s*[|│┃]\s*([^|│┃]+?)\s*[|│┃]\s*$/;

/** Reads a training's output line by line and finds the metrics in it. */
export class LogReader {
  private readonly sink: Sink;
  private readonly tables = new TableWatcher();
  private readonly position: LogPosition;
  private readonly records = new Map<string | undefined, RecordReader>();
  private section: string | undefined;

  constructor(sink: Sink) {
    this.sink = sink;
    this.position = new LogPosition(sink);
  }

  line(raw: string): void {
    const clean = stripEscapes(raw);
    if (!/\d|\bnan|\binf/i.test(clean)) {
      this.words(clean);
      return;
    }
    // A mapping of many metrics may be long; a long line of anything else is data.
    if (clean.length > LENGTH_LIMIT && !clean.includes('{')) return;
    const line = stripPrefixes(clean);
    if (this.tableRow(line) || this.tables.isHeader(line)) return;
    const { text, bar, isKeras } = takeBar(line.replace(TWO_CELLS, '$1: $2'));
    const dict = text.includes('{') ? findDict(text) : undefined;
    const rest = dict ? dict.rest : text;
    if (rest.length > LENGTH_LIMIT) return;
    const marker = readMarker(blankNoise(rest));
    if (marker.total !== undefined) this.sink.total(marker.total);
    if (isKeras && bar && this.position.isEvaluation(bar)) return;
    const pairs = findPairs(marker.rest);
    const metrics = metricsOf(pairs, {
      hasMarker: marker.epoch !== undefined || marker.step !== undefined || bar !== undefined,
      isTraining: this.position.isKnown,
      phase: marker.phase ?? this.section,
      isAllPairs: isAllPairs(marker.rest, pairs),
    });
    const hasMetrics = metrics.length > 0 || dict?.isMetrics === true;
    if (marker.epoch !== undefined) this.section = undefined;
    this.position.move(marker, hasMetrics, isKeras ? undefined : bar);
    if (dict) this.mapping(dict);
    if (metrics.length > 0) this.position.add(metrics);
  }

  private mapping(dict: NonNullable<ReturnType<typeof findDict>>): void {
    if (!dict.isMetrics) {
      const { epoch, total } = findAxes(Object.keys(dict.value));
      const planned = dict.value[total ?? (epoch === 'epochs' ? epoch : '')];
      if (typeof planned === 'number') this.sink.total(planned);
      return;
    }
    const phase = dict.phase ?? this.section;
    let reader = this.records.get(phase);
    if (!reader) {
      reader = new RecordReader(phaseSink(this.sink, phase));
      this.records.set(phase, reader);
    }
    reader.read(dict.value, this.position.key());
    this.position.leave();
  }

  private tableRow(line: string): boolean {
    const row =
      this.tables.row(line) ??
      (line.includes('%|') ? this.tables.row(line.replace(/:?\s*\d+%\|.*$/, '')) : undefined);
    if (!row) return false;
    if (row.total !== undefined) this.sink.total(row.total);
    this.position.moveTo(row.epoch, row.step);
    this.position.add(row.values);
    return true;
  }

  /** A line without any number. */
  private words(line: string): void {
    const section = SECTION.exec(line)?.[1];
    const phase = section === undefined ? undefined : phaseOf(section.replace(/(?:ating|uating)$/i, 'ation'));
    if (phase !== undefined) this.section = phase;
    else if (line.trim() === '') this.section = undefined;
    else if (line.length < LENGTH_LIMIT) this.tables.isHeader(line);
  }
}

/** Whether a line is made of names and their numbers and nothing else. */
function isAllPairs(rest: string, pairs: readonly Pair[]): boolean {
  const words = rest.match(/\p{L}[^\s,;|:=]*/gu)?.length ?? 0;
  const named = pairs.reduce(
    (sum, { words, value }) => sum + words.length + (Number.isFinite(value) ? 0 : 1),
    0,
  );
  return words <= named;
}
