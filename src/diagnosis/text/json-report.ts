import type { Node as JsonNode } from 'jsonc-parser';
import { parseJsonTree } from './json-tree.ts';
import type { SourceLine } from './lines.ts';

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

function entriesOf(node: JsonNode): { key: string; value: JsonNode; offset: number }[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap((pair) => {
    const [key, value] = pair.children ?? [];
    return key && value ? [{ key: String(key.value), value, offset: key.offset }] : [];
  });
}

function field(node: JsonNode, names: readonly string[]): { value: JsonNode; offset: number } | undefined {
  const entries = entriesOf(node);
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

/** A report in JSON, told as the Markdown it would be; every line keeps the line of the JSON it comes from. */
class JsonTeller {
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

  private source(node: JsonNode): string {
    return oneLine(this.text.slice(node.offset, node.offset + node.length));
  }

  private prose(node: JsonNode): string {
    return node.type === 'string' ? oneLine(String(node.value)) : this.source(node);
  }

  tell(root: JsonNode): void {
    if (root.type === 'array') {
      this.heading('Recommendations', root.offset);
      for (const [index, item] of (root.children ?? []).slice(0, MAX_ITEMS).entries())
        this.recommendation(item, index);
      return;
    }
    for (const { key, value, offset } of entriesOf(root)) this.section(key, value, offset);
  }

  private heading(title: string, offset: number): void {
    this.put('', offset);
    this.put(`## ${title}`, offset);
    this.put('', offset);
  }

  private section(key: string, value: JsonNode, offset: number): void {
    if (ROOT_CAUSE.test(key)) this.list('Root causes', value, offset);
    else if (TARGET.test(key)) {
      this.put('', offset);
      this.put(`Target: ${this.target(value)}`, offset);
    } else if (RECOMMENDATIONS.test(key)) {
      this.heading('Recommendations', offset);
      if (value.type === 'array')
        for (const [index, item] of (value.children ?? []).slice(0, MAX_ITEMS).entries())
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
      for (const inner of entriesOf(value)) this.section(inner.key, inner.value, inner.offset);
  }

  private target(value: JsonNode): string {
    if (value.type !== 'object') return this.prose(value);
    const metric = field(value, ['metric', 'name'])?.value;
    const figure = field(value, ['value', 'threshold', 'target', 'min'])?.value;
    const unit = field(value, ['unit'])?.value;
    return [metric, figure, unit]
      .filter((part): part is JsonNode => part !== undefined)
      .map((part) => this.prose(part))
      .join(' ')
      .replace(/ %$/u, '%');
  }

  private list(title: string, value: JsonNode, offset: number): void {
    this.heading(title, offset);
    if (value.type === 'array') {
      for (const item of (value.children ?? []).slice(0, MAX_ITEMS)) {
        const name =
          item.type === 'object'
            ? (field(item, [...TITLE, 'issue', 'cause', 'parameter', 'path'])?.value ?? item)
            : item;
        this.put(`- ${this.prose(name)}`, item.offset);
      }
    } else if (value.type === 'object') {
      for (const inner of entriesOf(value))
        this.put(`- ${inner.key}: ${this.prose(inner.value)}`, inner.offset);
    } else this.put(`- ${this.prose(value)}`, value.offset);
  }

  private recommendation(item: JsonNode, index: number): void {
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
    for (const { key, value, offset } of entriesOf(item)) {
      const label = ATTRIBUTES[key.toLowerCase()];
      if (label !== undefined) this.put(`- ${label}: ${this.prose(value)}`, offset);
      else if (NESTED.test(key)) this.nested(value, offset);
    }
    this.put('', item.offset);
  }

  private nested(value: JsonNode, offset: number): void {
    if (value.type === 'array') for (const item of value.children ?? []) this.nested(item, item.offset);
    else if (value.type === 'string') this.put(`- Config: ${this.prose(value)}`, offset);
    else if (value.type === 'object' && !this.change(value)) this.fragment(value, offset);
  }

  /** `{path, from, to}`; false where the object is none. */
  private change(value: JsonNode): boolean {
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

  private fragment(value: JsonNode, offset: number): void {
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

/** The Markdown lines that tell a report written as JSON; undefined where the text is none. */
export function tellJson(text: string): SourceLine[] | undefined {
  if (!/^\s*[[{]/u.test(text)) return undefined;
  const root = parseJsonTree(text);
  if (!root || (root.type !== 'object' && root.type !== 'array')) return undefined;
  const teller = new JsonTeller(text);
  teller.tell(root);
  return teller.lines;
}
