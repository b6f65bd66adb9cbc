import type { SourceLine } from './lines.ts';
import type { StructureNode } from './structure-tree.ts';
import {
  ROOT_CAUSE,
  TARGET,
  RECOMMENDATIONS,
  PREVIEW,
  BASELINE,
  EXPECTED,
  KEEP,
  LATER,
  TITLE,
  PATH,
  TO,
  FROM,
  NESTED,
  ATTRIBUTES,
} from './told-fields.ts';

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
export class Teller {
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
