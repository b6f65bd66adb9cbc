import type { Sink } from '../_contract.ts';
import { findAxes } from '../axis.ts';
import { phaseOf, withPhase } from '../phase.ts';
import { phaseSink } from '../phase-sink.ts';
import { RecordReader } from '../record.ts';
import { messageStart, stripEscapes } from './clean.ts';
import { BoxWatcher, type Box } from './box.ts';
import { readDarknet } from './darknet.ts';
import { findDict, type FoundDict } from './dict.ts';
import { metricsOf } from './line.ts';
import { readMarker, type Marker } from './marker.ts';
import { fillNoise, takeBar } from './noise.ts';
import { findPairs } from './pairs.ts';
import { LinePlan } from './plan.ts';
import { LogPosition } from './position.ts';
import { LENGTH_LIMIT, LineShape } from './shape.ts';
import { fill } from './span.ts';
import { RULE, TableWatcher } from './table.ts';

const PLAN_LIMIT = 5000;
/** `Validation results:`, `[Test]`, `Evaluating...` on a line of its own. */
const SECTION =
  /^[\s\W]*([a-z]+)(?:[\s_-]+[a-z]+){0,3}\s*(?::[\s\W]*|\][\s\W]*|[=*#-]{2,}\s*|\.{3}\s*|…\s*)$/i;
/** `evaluate:dev`, `Evaluating on the test set`. */
const EVALUATING =
  /^\W*(?:evaluat|validat|test|predict)(?:e|ing|ion)?\W+(?:on\W+)?(?:the\W+)?([a-z]+)\b[a-z\s.:…]{0,12}$/i;
/** `loss=0,512`: no thousands begin with a zero. From then on `1,234` is a fraction as well. */
const DECIMAL_COMMA = /[:=\s]-?0,\d{2,}(?![\d.]|,\d)/;
const COMMAS = /(?<![\d.,])(\d+),(?=\d+(?![\d.]|,\d))/g;
const PYTHON_WARNING = /^\S+\.py:\d+: \w*Warning: /;
const NUMERIC = /\d|\bnan|\binf/i;
const TWO_CELLS = /^(\s*)[|│┃](\s*[^|│┃]*[A-Za-z][^|│┃]*?\s*)[|│┃](\s*[^|│┃]+?\s*)[|│┃](\s*)$/;
/** ` * Acc@1 71.1`: sums up the lines before it, of a training or of an evaluation. */
const SUMMARY = /^\s*\*{1,3}\s+\S/;
const SECTIONS = [undefined, 'train', 'val', 'eval', 'test'];

/** Reads a training's output line by line and finds the metrics in it. */
export class LogReader {
  private readonly sink: Sink;
  private readonly tables = new TableWatcher();
  private readonly position: LogPosition;
  private readonly records = new Map<string | undefined, RecordReader>();
  private readonly shape = new LineShape();
  /** Null: lines of the shape must each be read with care (mappings, tables, headings of sections). */
  private readonly plans = new Map<number, LinePlan | null>();
  private section: string | undefined;
  /** What the last line with metrics measured. */
  private latest: string | undefined;
  private readonly boxes = new BoxWatcher();
  private hasDecimalCommas = false;

  constructor(sink: Sink) {
    this.sink = sink;
    this.position = new LogPosition(sink);
  }

  line(raw: string): void {
    const line = stripEscapes(raw);
    if (this.boxes.isOpen || line.startsWith('---')) {
      const taken = this.boxes.take(line);
      if (typeof taken === 'object') this.box(taken);
      if (taken !== false) return;
      this.end();
    }
    this.plain(line);
  }

  /** Nothing more will come. */
  end(): void {
    for (const line of this.boxes.takeBack()) this.plain(line);
  }

  private plain(raw: string): void {
    this.hasDecimalCommas ||= raw.includes('0,') && DECIMAL_COMMA.test(raw);
    const line = this.hasDecimalCommas ? raw.replaceAll(COMMAS, '$1.') : raw;
    // `lr_scheduler.py:139: UserWarning: …`: what is quoted there was not measured.
    if (line.includes('Warning:') && PYTHON_WARNING.test(line)) return;
    if (line.length > LENGTH_LIMIT) {
      // A mapping of many metrics may be that long; anything else is data.
      const dict = line.includes('{') ? findDict(line) : undefined;
      if (dict) this.mapping(dict);
      return;
    }
    const { shape } = this;
    const state = (this.position.isTraining ? 2 : 0) + (this.tables.isActive ? 1 : 0);
    shape.scan(line, 4 * SECTIONS.indexOf(this.section) + state);
    const plan = this.plans.get(shape.hash);
    if (plan) {
      this.tables.leaveLoose();
      this.run(plan, line, false);
    } else this.study(line, plan === undefined);
  }

  /** Reads a line of a shape not seen before, or of one that no plan fits. */
  private study(line: string, isNew: boolean): void {
    const { hash } = this.shape;
    const plan = NUMERIC.test(line) ? this.read(line) : this.words(line);
    if (!isNew) return;
    if (this.plans.size >= PLAN_LIMIT) this.plans.clear();
    this.plans.set(hash, plan);
  }

  private read(line: string): LinePlan | null {
    const start = messageStart(line);
    const message = line.slice(start);
    if (!NUMERIC.test(message)) return this.words(message);
    const cells = message.includes('%|') ? message.replace(/:?\s*\d+%\|.*$/, '') : message;
    if (this.tableRow(cells) || this.tables.isHeader(cells)) return null;
    const { text, bar } = takeBar(narrow(message).replace(TWO_CELLS, '$1 $2:$3 $4'));
    const dict = text.includes('{') ? findDict(text) : undefined;
    const isSummary = SUMMARY.test(line);
    const darknet = readDarknet(message);
    if (darknet) {
      const marker: Marker = { ...readMarker(''), step: darknet.step };
      const plan = new LinePlan(this.shape, message, start, {
        marker,
        bar: undefined,
        metrics: darknet.metrics,
      });
      this.run(plan, line, false);
      return plan;
    }
    const marker = readMarker(fillNoise(dict ? fill(text, dict.start, dict.end) : text));
    const metrics = metricsOf(findPairs(marker.rest), {
      hasMarker: marker.epoch !== undefined || marker.step !== undefined || bar !== undefined,
      isTraining: this.position.isTraining,
      phase:
        marker.phase ??
        ((marker.epoch ?? marker.step) ? undefined : (this.section ?? (isSummary ? this.latest : undefined))),
      rest: marker.rest,
    });
    const plan = new LinePlan(this.shape, message, start, { marker, bar, metrics });
    this.run(plan, line, dict?.isMetrics ?? false);
    if (dict) this.mapping(dict);
    return dict || isSummary ? null : plan;
  }

  private run(plan: LinePlan, line: string, mapping: boolean): void {
    if (plan.isIdle && !mapping) return;
    if (plan.hasPlace) this.section = undefined;
    if (plan.hasMetrics) this.latest = plan.phase;
    plan.run(line, this.shape, this.position, this.sink, mapping);
  }

  private mapping(dict: FoundDict): void {
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
    if (!this.tables.isActive) return false;
    const row = this.tables.row(line);
    if (!row) return false;
    if (row.isLoose) {
      for (const [name, value] of row.values)
        this.position.add(withPhase(this.section, name), value, row.label);
      return true;
    }
    if (row.total !== undefined) this.sink.total(row.total);
    this.position.moveTo(row.epoch, row.step);
    for (const [name, value] of row.values) this.position.add(name, value);
    return true;
  }

  private box({ step, values }: Box): void {
    this.position.moveTo(undefined, step);
    for (const [name, value] of values) this.position.add(name, value);
  }

  /** A line without any number. */
  private words(line: string): LinePlan | null {
    const phase = phaseNamed(EVALUATING.exec(line)?.[1]) ?? phaseNamed(SECTION.exec(line)?.[1]);
    const section = phase ?? (line.trim() === '' ? undefined : this.section);
    const isIdle = section === this.section;
    this.section = section;
    if (phase !== undefined || !isIdle || this.tables.isHeader(line)) return null;
    if (this.tables.isActive && RULE.test(line)) return null;
    return new LinePlan(this.shape, line, 0, { marker: readMarker(''), bar: undefined, metrics: [] });
  }
}

/** `Validating...`, `Evaluation:` */
function phaseNamed(word: string | undefined): string | undefined {
  return word === undefined ? undefined : phaseOf(word.replace(/ating$/i, 'ation'));
}

/** A line with separators that are read as such: full-width ones of East Asian keyboards; not those of `mAP@0.5:0.95`. */
function narrow(line: string): string {
  const usual = /[：＝，；｜（）]/.test(line)
    ? line.replaceAll(/[：＝，；｜（）]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    : line;
  return usual.includes('@') ? usual.replaceAll(/(@\[?\d*\.\d+):(?=\d*\.\d+)/g, '$1-') : usual;
}
