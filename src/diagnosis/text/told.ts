import type { SourceLine } from './lines.ts';
import { parseStructure, type StructureNode } from './structure-tree.ts';

const ROOT_CAUSE =
  /^(?:root_?causes?|primary_?(?:issue|cause)|diagnos[ie]s|issues?|problems?|causes?|main_?issue)$/iu;
const TARGET = /^(?:target|goal|objective|target_?metric)$/iu;
const RECOMMENDATIONS =
  /^(?:recommendations?|recommended_?(?:changes|actions)|actions?|fixes|suggestions|proposals|proposed_?changes|changes|config_?changes|interventions|remedies)$/iu;
const PREVIEW =
  /^(?:(?:proposed|recommended|optimi[sz]ed|new|suggested|updated)_?config(?:uration)?|config_?preview|optimi[sz]ation_?config)$/iu;
const BASELINE = /^(?:baseline|metrics|baseline_?metrics|results|performance|current_?metrics)$/iu;
const EXPECTED = /^expected/iu;
const KEEP = /^(?:keep|unchanged|do_?not_?change)$/iu;
const LATER = /^(?:alternatives?|rejected|future(?:_?work)?|later|not_?recommended|considered)$/iu;
const TITLE = [
  'title',
  'name',
  'action',
  'recommendation',
  'summary',
  'description',
  'text',
  'what',
  'advice',
  'fix',
];
const PATH = [
  'path',
  'param',
  'parameter',
  'key',
  'config_key',
  'config_path',
  'setting',
  'field',
  'hyperparameter',
  'config',
  'name',
];
const TO = [
  'to',
  'new',
  'new_value',
  'proposed',
  'proposed_value',
  'recommended',
  'recommended_value',
  'suggested',
  'suggested_value',
  'value',
  'after',
  'target',
  'target_value',
];
const FROM = ['from', 'current', 'current_value', 'old', 'old_value', 'before', 'baseline', 'baseline_value'];
const NESTED =
  /^(?:changes?|config(?:uration)?(?:_?(?:changes?|updates?|diff|patch))?|patch|set|overrides?|updates?|params?|parameters|settings|edits?)$/iu;
const ATTRIBUTES: Readonly<Record<string, string>> = {
  impact: 'Impact',
  effort: 'Effort',
  risk: 'Risk',
  expected: 'Expected',
  expected_impact: 'Expected impact',
  expected_effect: 'Expected',
  expected_improvement: 'Expected',
  status: 'Status',
};

function field(
  node: StructureNode,
  names: readonly string[],
): { value: StructureNode; offset: number } | undefined {
  const { entries } = node;
  for (const name of names) {
    const found = entries.find((item) => item.key.toLowerCase() === name);
    if (found) return found;
  }
  return undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

const MAX_ITEMS = 400;

/** A report in JSON or YAML, told as the Markdown it would be; every line keeps the line it comes from. */
class Teller {
  readonly lines: SourceLine[] = [];
  private readonly text: string;
  private readonly starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  private put(text: string, offset: number): void {
    this.lines.push({ text, line: this.lineOf(offset) });
  }

  private source(node: StructureNode): string {
    return oneLine(this.text.slice(node.offset, node.offset + node.length));
  }

  private prose(node: StructureNode): string {
    return node.type === 'string' ? oneLine(String(node.value)) : this.source(node);
  }

  tell(root: StructureNode): void {
    if (root.type === 'array') {
      this.heading('Recommendations', root.offset);
      for (const [index, item] of root.items.slice(0, MAX_ITEMS).entries()) this.recommendation(item, index);
      return;
    }
    for (const { key, value, offset } of root.entries) this.section(key, value, offset);
  }

  private heading(title: string, offset: number): void {
    this.put('', offset);
    this.put(`## ${title}`, offset);
    this.put('', offset);
  }

  private section(key: string, value: StructureNode, offset: number): void {
    if (ROOT_CAUSE.test(key)) this.list('Root causes', value, offset);
    else if (TARGET.test(key)) {
      this.put('', offset);
      this.put(`Target: ${this.target(value)}`, offset);
    } else if (RECOMMENDATIONS.test(key)) {
      this.heading('Recommendations', offset);
      if (value.type === 'array')
        for (const [index, item] of value.items.slice(0, MAX_ITEMS).entries())
          this.recommendation(item, index);
      else if (value.type === 'object') this.fragment(value, offset);
    } else if (PREVIEW.test(key)) {
      this.heading('Config preview', offset);
      this.fragment(value, offset);
    } else if (KEEP.test(key)) this.list('Keep unchanged', value, offset);
    else if (LATER.test(key)) this.list('Alternatives considered', value, offset);
    else if (EXPECTED.test(key)) this.list('Expected outcome', value, offset);
    else if (BASELINE.test(key)) this.list('Baseline', value, offset);
    else if (value.type === 'object' && !/^(?:config|current_?config|baseline_?config)$/iu.test(key))
      for (const inner of value.entries) this.section(inner.key, inner.value, inner.offset);
  }

  private target(value: StructureNode): string {
    if (value.type !== 'object') return this.prose(value);
    const metric = field(value, ['metric', 'name'])?.value;
    const figure = field(value, ['value', 'threshold', 'target', 'min'])?.value;
    const unit = field(value, ['unit'])?.value;
    return [metric, figure, unit]
      .filter((part): part is StructureNode => part !== undefined)
      .map((part) => this.prose(part))
      .join(' ')
      .replace(/ %$/u, '%');
  }

  private list(title: string, value: StructureNode, offset: number): void {
    this.heading(title, offset);
    if (value.type === 'array') {
      for (const item of value.items.slice(0, MAX_ITEMS)) {
        const name =
          item.type === 'object'
            ? (field(item, [...TITLE, 'issue', 'cause', 'parameter', 'path'])?.value ?? item)
            : item;
        this.put(`- ${this.prose(name)}`, item.offset);
      }
    } else if (value.type === 'object') {
      for (const inner of value.entries) this.put(`- ${inner.key}: ${this.prose(inner.value)}`, inner.offset);
    } else this.put(`- ${this.prose(value)}`, value.offset);
  }

  private recommendation(item: StructureNode, index: number): void {
    if (item.type !== 'object') {
      this.put(`${index + 1}. ${this.prose(item)}`, item.offset);
      return;
    }
    const id = field(item, ['number', 'id', 'rank', 'priority', 'rec', 'index'])?.value;
    const stated = /\d{1,3}/u.exec(id === undefined ? '' : this.prose(id))?.[0];
    const title = field(item, TITLE);
    const at = field(item, ['number', 'id', 'rank'])?.offset ?? item.offset;
    this.put('', at);
    this.put(
      `### Recommendation ${stated ?? index + 1}: ${title && title.value.type === 'string' ? this.prose(title.value) : ''}`,
      at,
    );
    this.put('', at);
    this.change(item);
    for (const { key, value, offset } of item.entries) {
      const label = ATTRIBUTES[key.toLowerCase()];
      if (label !== undefined) this.put(`- ${label}: ${this.prose(value)}`, offset);
      else if (NESTED.test(key)) this.nested(value, offset);
    }
    this.put('', item.offset);
  }

  private nested(value: StructureNode, offset: number): void {
    if (value.type === 'array') for (const item of value.items) this.nested(item, item.offset);
    else if (value.type === 'string') this.put(`- Config: ${this.prose(value)}`, offset);
    else if (value.type === 'object' && !this.change(value)) this.fragment(value, offset);
  }

  /** `{path, from, to}`; false where the object is none. */
  private change(value: StructureNode): boolean {
    const path = field(value, PATH);
    const to = field(value, TO);
    if (path?.value.type !== 'string' || !to || to.value.type === 'object') return false;
    const from = field(value, FROM);
    const old =
      from && from.value.type !== 'null' && from.value.type !== 'object'
        ? `${this.source(from.value)} → `
        : '';
    this.put(`- Config: \`${String(path.value.value)}: ${old}${this.source(to.value)}\``, path.offset);
    return true;
  }

  private fragment(value: StructureNode, offset: number): void {
    if (value.type !== 'object') return;
    this.put('', offset);
    this.put('```json', offset);
    const first = this.lineOf(value.offset);
    const body = this.text.slice(value.offset, value.offset + value.length).split('\n');
    for (const [index, text] of body.entries()) this.lines.push({ text, line: first + index });
    this.put('```', value.offset + value.length - 1);
    this.put('', value.offset + value.length - 1);
  }
}

/** Whether a structure is a diagnosis rather than a config. */
function isDiagnosis(root: StructureNode): boolean {
  return (
    root.type === 'object' &&
    root.entries.some(
      ({ key, value }) =>
        RECOMMENDATIONS.test(key) &&
        value.type === 'array' &&
        value.items.length > 0 &&
        (value.items[0]?.type === 'object' || value.items[0]?.type === 'string'),
    )
  );
}

/** The Markdown lines that tell a report written as JSON or YAML; undefined where the text is none. */
export function tellStructure(text: string): SourceLine[] | undefined {
  if (!/^\s*(?:[[{]|[\w-]+\s*:)/u.test(text)) return undefined;
  const root = parseStructure(text);
  const isList = root?.type === 'array' && root.items.every((item) => item.type === 'object');
  const isReport =
    root !== undefined && (isDiagnosis(root) || isList || (root.type === 'object' && /^\s*\{/u.test(text)));
  if (!root || !isReport) return undefined;
  const teller = new Teller(text);
  teller.tell(root);
  return teller.lines;
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*(?:json|ya?ml|jsonc)?\s*$/iu;

/** Replaces code blocks that hold a diagnosis (`{"recommendations": […]}`) by the Markdown they tell. */
export function tellFences(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (
    !lines.some(
      ({ text }) =>
        /recommend|suggest|actions|fixes|proposals|interventions/iu.test(text) &&
        /["']?\w+["']?\s*:/u.test(text),
    )
  )
    return lines;
  const out: SourceLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as SourceLine;
    const mark = FENCE.exec(line.text)?.[1];
    if (mark === undefined) {
      out.push(line);
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !(lines[end] as SourceLine).text.trim().startsWith(mark)) end += 1;
    const body = lines.slice(at + 1, end);
    const told =
      body.length < 2000 &&
      body.some(({ text }) => RECOMMENDATIONS.test(/^\s*["']?(\w+)["']?\s*:/u.exec(text)?.[1] ?? ''))
        ? tellBody(body)
        : undefined;
    if (told) out.push(...told);
    else out.push(...lines.slice(at, end + 1));
    at = end;
  }
  return out;
}

function tellBody(body: readonly SourceLine[]): SourceLine[] | undefined {
  const text = body.map((line) => line.text).join('\n');
  const root = parseStructure(text);
  if (!root || !isDiagnosis(root)) return undefined;
  const teller = new Teller(text);
  teller.tell(root);
  return teller.lines.map((line) => ({ text: line.text, line: body[line.line - 1]?.line ?? line.line }));
}
