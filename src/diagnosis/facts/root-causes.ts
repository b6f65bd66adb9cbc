import { statementsOf, titleOf, type Node } from '../outline/node.ts';
import { statementText } from '../text/statements.ts';
import { clip } from './clip.ts';
import type { Spoken } from './spoken.ts';

const MAX = 12;
const SAID =
  /\bidentif(?:y|ies|ied)\s+(.{3,120}?)\s+as (?:the|a|its) (?:principal|primary|main|root|key|dominant|likely)|\b(?:root|main|primary|underlying|likely) (?:cause|issue|problem)s?(?: (?:is|are|was|appears to be|seems to be)| ?(?:→|->|=>|⇒|=))\s+(?:that\s+)?(.{3,160})|\b(?:caused by|is due to|due to|because of|suffers from|driven by|stems from)\s+(.{3,120})|(?:hauptursache|ursache) ist\s+(.{3,140})|(?:cause principale|la cause) est\s+(.{3,140})|(?:causa (?:raíz|principal)|la causa) es\s+(.{3,140})|根本原因(?:是|在于|为)\s*(.{2,80})|(?:根本)?原因は(.{2,80}?)(?:です|である|$)/iu;
const KNOWN =
  /\b(?:(?:severe|strong|mild|clear|classic|heavy|slight|significant)\s+)?(?:over-?fit(?:s|ting|ted)?|under-?fit(?:s|ting|ted)?|memori[sz](?:es|ing|ation)|insufficient (?:\w+ )?regulari[sz]ation|no regulari[sz]ation|lack of regulari[sz]ation|(?:learning rate|lr) (?:is |was )?(?:\w+ )?too (?:high|low|large|small|big)|too (?:high|low) (?:a )?(?:learning rate|lr)|vanishing gradients?|exploding gradients?|diverg(?:es|ing|ence)|plateau(?:s|ed|ing)?|stall(?:s|ed|ing)|class imbalance|noisy (?:labels?|validation|gradients)|insufficient capacity|limited capacity|stopped too early|premature (?:early )?stopping|under-?trained|mode collapse|poor generali[sz]ation|data leakage|instability|unstable|oscillat\w+|catastrophic forgetting|entropy collapse|policy collapse|high variance|high bias|poor calibration)\b|überanpassung|unteranpassung|sur-?apprentissage|surajustement|sous-?apprentissage|sobreajuste|subajuste|sobreaprendizaje|переобуч\w*|недообуч\w*|过拟合|过度拟合|欠拟合|過学習|過剰適合|未学習|과적합|과소적합|overfitt\w*/iu;

/** `Primary:`, `Main cause –`: the rank of a cause is not its name. */
const RANK =
  /^(?:primary|secondary|main|contributing|underlying|primär|sekundär|principale?|secondaire)(?: (?:root )?(?:cause|issue|factor|problem))?\s*(?::|[–—-]\s)\s*(?=\p{L}{3})/iu;

function nameOf(text: string): string {
  const plain = text
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\d.):*–—•-]+/u, '')
    .replace(RANK, '')
    .trim();
  const head =
    /^(.{3,120}?)(?:\s+[–—-]\s|:\s|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]):|[.。;](?:\s|$)|\s\()/u.exec(
      `${plain} `,
    )?.[1] ?? plain;
  return clip(head.replace(/[\s:.,;]+$/u, ''), 120);
}

function leadOf(node: Node): string {
  const { leaf } = node;
  if (!leaf) return '';
  const first = statementsOf(leaf)[0];
  const whole = first ? leaf.text.slice(0, first.tokens.at(-1)?.end) : leaf.text;
  const bold = leaf.strong[0];
  const isLead = bold !== undefined && bold.start <= 4 && bold.end - bold.start >= 4;
  const lead = isLead ? leaf.text.slice(bold.start, bold.end) : '';
  const rest = isLead ? whole.slice(bold.end) : whole;
  // "**Primary:** insufficient regularization": the label is not the cause.
  if (
    isLead &&
    /^(?:primary|secondary|main|contributing|root[- ]?cause|cause|issue|problem|hauptursache|primär|sekundär|nebenursache|principale?|secondaire|secundaria|主要|次要|主因)(?: (?:cause|issue|factor|root cause|problem))?\s*(?:#?\d+)?\s*[:.)]*$/iu.test(
      lead.trim(),
    )
  )
    return nameOf(rest.replace(/^[\s:–—-]+/u, ''));
  if (isLead) return nameOf(lead.replace(/[:.]\s*$/u, ''));
  const label =
    /^(?:(?:primary |main )?root[- ]?causes?|cause|issue|problem|diagnosis|primary|secondary|main|contributing|tertiary|hauptursache|primär|sekundär|principale?|secondaire|主要|次要)(?: (?:cause|issue|factor|root cause|problem))?\s*[:–—-]\s*(.+)/isu.exec(
      whole,
    );
  return nameOf(label?.[1] ?? whole);
}

function fromSection(node: Node): string[] {
  const title = titleOf(node);
  const suffix = /[:–—]\s*(.{3,200})$/u.exec(title)?.[1];
  const out: string[] = [];
  if (suffix !== undefined && !/^(?:analysis|summary|overview)$/iu.test(suffix.trim()))
    out.push(nameOf(suffix));
  const items = node.children.filter((child) => child.kind === 'item');
  const sections = node.children.filter((child) => child.kind === 'section' && child.label !== 'reason');
  if (items.length > 0 && out.length === 0) out.push(...items.map(leadOf));
  else if (sections.length > 0 && out.length === 0) {
    for (const child of sections) {
      const inner = /[:–—]\s*(.{3,200})$/u.exec(titleOf(child))?.[1] ?? titleOf(child);
      const isPlain = child.role !== null && child.role !== 'root-cause' && child.marker === null;
      if (!isPlain && !/^(?:evidence|details?|analysis|symptoms?|observations?)$/iu.test(inner))
        out.push(nameOf(child.label === 'root-cause' ? (child.children[0]?.leaf?.text ?? inner) : inner));
    }
  }
  if (out.length === 0) {
    const first = node.children.find((child) => child.leaf && child.kind === 'text');
    if (first) out.push(leadOf(first));
  }
  if (out.length === 0) {
    const table = node.children.find((child) => child.grid);
    for (const row of table?.grid?.rows ?? [])
      out.push(nameOf(row.cells.find((cell) => /\p{L}{4}/u.test(cell.text))?.text ?? ''));
  }
  return out;
}

function merge(lists: readonly (readonly string[])[]): string[] {
  const unique: string[] = [];
  for (const text of lists.find((list) => list.length > 0) ?? []) {
    const clean = text.trim();
    if (
      clean.length >= 2 &&
      unique.length < MAX &&
      !unique.some((item) => item.toLowerCase() === clean.toLowerCase())
    )
      unique.push(clean);
  }
  return unique;
}

interface Found {
  line: number;
  texts: string[];
  /** Of a title "# Diagnosis of the baseline": it may be the title of the whole report. */
  isTitle: boolean;
}

function isTitle(node: Node): boolean {
  return (
    node.kind === 'section' &&
    node.level === 1 &&
    !/cause|ursache|causa|原因|причин|원인/iu.test(titleOf(node))
  );
}

function sectionCauses(root: Node, unitNodes: ReadonlySet<Node>): Found[] {
  const out: Found[] = [];
  const visit = (node: Node): void => {
    if (unitNodes.has(node) || out.length >= MAX) return;
    const isCause =
      node.kind === 'section' &&
      (node.role === 'root-cause' || (node.label === 'root-cause' && node.level >= 7));
    const texts = isCause ? fromSection(node).filter((text) => text.length >= 2) : [];
    if (texts.length > 0) out.push({ line: node.line, texts, isTitle: isTitle(node) });
    if (texts.length === 0 || isTitle(node)) for (const child of node.children) visit(child);
  };
  visit(root);
  return out;
}

/** The root causes a report names, as short texts: from sections and labels, else from sentences, else from known issues. */
export function findRootCauses(
  root: Node,
  spoken: readonly Spoken[],
  unitNodes: ReadonlySet<Node>,
): string[] {
  const found = sectionCauses(root, unitNodes);
  const inner: string[] = [];
  for (const { node, labelled, text, statement, isInUnit } of spoken) {
    if (labelled.label !== 'root-cause' || text === '') continue;
    if (isInUnit) inner.push(nameOf(text));
    else found.push({ line: statement.line, texts: [nameOf(text)], isTitle: isTitle(node) });
  }
  const own = found.filter((each) => !each.isTitle);
  const labelled = (own.length > 0 ? own : found)
    .sort((a, b) => a.line - b.line)
    .flatMap((item) => item.texts);
  return merge([labelled, inner, ...(labelled.length + inner.length === 0 ? fromSentences(spoken) : [])]);
}

/** What sentences call the cause, and the known issues they name. */
function fromSentences(spoken: readonly Spoken[]): [string[], string[]] {
  const said: string[] = [];
  const known: string[] = [];
  for (const { statement } of spoken) {
    if (said.length >= MAX || known.length >= 3) continue;
    const whole = statementText(statement);
    const match = SAID.exec(whole);
    if (match) said.push(nameOf(match.slice(1).find((part) => part !== undefined) ?? ''));
    const issue = KNOWN.exec(whole);
    if (issue && !/\b(?:no|not|without|kein|pas de)\b[^,;]{0,20}$/iu.test(whole.slice(0, issue.index)))
      known.push(issue[0]);
  }
  return [said, known];
}
