import type { Claim, Stance } from '../claims/claim.ts';
import type { ReadContext, Subject } from '../claims/context.ts';
import { ownStatements, statementsOf, titleOf, type Node } from '../outline/node.ts';
import type { Unit } from '../outline/unit.ts';
import type { Lexicon } from '../resolve/lexicon.ts';
import type { Statement } from '../text/statements.ts';
import type { Role } from '../words/roles.ts';
import { bareFragment, readBlock, readFragment } from './blocks.ts';
import { placeOf, subjectIn, subjectOfLabel } from './naming.ts';
import { openOptions, startsWithOr } from './options.ts';
import { labelContext, readOne } from './statement.ts';
import { TableReader } from './tables.ts';
import { titleStance, unitStance } from './title-stance.ts';

/** More claims than any person makes about one thing: the rest is data. */
const MAX_CLAIMS = 2000;
const MAX_CONTEXT = 6;
/** Sections inside a recommendation that report rather than advise. */
const REPORTING: ReadonlySet<Role | null> = new Set<Role | null>([
  'expected',
  'target',
  'baseline',
  'current',
  'root-cause',
  'other',
]);

/** Reads all claims of one recommendation, or of a section beside them. */
export class PartReader {
  readonly claims: Claim[] = [];
  private readonly lexicon: Lexicon;
  private readonly base: ReadContext;
  /** The setting that a label "Parameter:" named last. */
  private labelled: Subject | null = null;
  private antecedent: Subject | null = null;

  constructor(
    lexicon: Lexicon,
    unit: number | null,
    stance: Stance,
    source: ReadContext['source'],
    heads: readonly string[],
  ) {
    this.lexicon = lexicon;
    const subject = (): null => null;
    this.base = {
      lexicon,
      unit,
      stance,
      label: null,
      source,
      context: heads,
      subject,
      antecedent: () => this.antecedent,
      place: null,
      isAdvice: true,
    };
  }

  /** The claims of a statement; what it names is what "it" means in the next. */
  private readStatement(statement: Statement, context: ReadContext): void {
    const claims = readOne(statement, context, false, (tokens) => this.setLabelled(tokens));
    this.push(claims);
    const [first] = claims;
    if (!first) return;
    const isOne = claims.every(({ name }) => name === first.name) && !first.isChoice;
    this.antecedent = isOne ? { name: first.name, isExplicit: first.isExplicit, isWeak: first.isWeak } : null;
  }

  readUnit(unit: Unit): void {
    const [first, ...rest] = unit.nodes;
    if (!first) return;
    if (unit.row) {
      this.push(new TableReader(unit.row.grid, { ...this.base, source: 'table' }).read(unit.row.index));
      return;
    }
    if (unit.statement !== null && first.leaf) {
      const statements = statementsOf(first.leaf);
      for (let at = unit.statement; statements[at]?.line === unit.line; at += 1)
        this.readStatement(statements[at] as Statement, this.base);
      return;
    }
    const { stance } = this.base;
    const context = {
      ...this.base,
      stance: stance === 'assert' ? (unitStance(unit.nodes) ?? stance) : stance,
    };
    this.readNode(first, context, null);
    const inner = this.inside(first, context);
    let before = first;
    for (const node of rest) {
      this.readNode(node, inner, before);
      before = node;
    }
  }

  readSection(node: Node): void {
    if (node.kind === 'section') this.readChildren(node, this.inside(node, this.base));
    else this.readNode(node, this.base, null);
  }

  private push(claims: readonly Claim[]): void {
    for (const claim of claims) if (this.claims.length < MAX_CLAIMS) this.claims.push(claim);
  }

  /** The context for what stands under a node. */
  private inside(node: Node, context: ReadContext): ReadContext {
    const text = node.leaf?.text.split('\n')[0] ?? '';
    const isHome = node.kind === 'section' && node.level < 7 && node.role === 'recommendations';
    const labelled = node.label && !isHome ? (labelContext(node.label, context) ?? context) : context;
    const { stance } = labelled;
    const isOr = node.kind === 'item' && startsWithOr(node);
    return {
      ...labelled,
      stance: stance === 'assert' ? (isOr ? 'alternative' : (titleStance(node) ?? stance)) : stance,
      context: text === '' ? context.context : [text.slice(0, 300), ...context.context].slice(0, MAX_CONTEXT),
      subject: () => subjectIn(node, this.lexicon) ?? context.subject(),
      place: placeOf(node, this.lexicon) ?? context.place,
      isAdvice: node.kind !== 'section' || context.isAdvice,
    };
  }

  private readNode(node: Node, context: ReadContext, before: Node | null): void {
    if (node.kind === 'fence') this.push(readBlock(node, context, before));
    else if (node.kind === 'table') this.readTable(node, context);
    else if (node.kind === 'text') this.readText(node, context);
    else this.readTitled(node, context);
  }

  private readTable(node: Node, context: ReadContext): void {
    const source = context.source === 'preview' ? 'preview' : 'table';
    if (node.grid) this.push(new TableReader(node.grid, { ...context, source }).read(null));
  }

  private readText(node: Node, context: ReadContext): void {
    if (!node.leaf) return;
    const fragment = bareFragment(node);
    if (fragment) {
      this.push(readFragment(fragment, context));
      return;
    }
    const isAdvice = context.label === 'change' || context.label === 'proposed';
    const own = { ...context, isAdvice, subject: this.subjectFor(context) };
    for (const statement of statementsOf(node.leaf)) this.readStatement(statement, own);
  }

  private subjectFor(context: ReadContext): ReadContext['subject'] {
    const { labelled } = this;
    return labelled ? () => labelled : context.subject;
  }

  private setLabelled(tokens: Statement['tokens']): void {
    this.labelled = subjectOfLabel(tokens, this.lexicon) ?? this.labelled;
  }

  private readTitled(node: Node, context: ReadContext): void {
    const isTitle = node.kind === 'section';
    const role = isTitle && node.marker === null ? node.role : null;
    if (node.label === 'preview' || (role === 'preview' && context.source !== 'preview')) {
      this.readPreview(node);
      return;
    }
    if (node.label !== null && labelContext(node.label, context) === null) return;
    if (node.label === null) this.readTitle(node, context);
    if (REPORTING.has(role) && role !== null && node.label !== 'change' && context.unit !== null) return;
    this.readChildren(node, this.inside(node, context));
  }

  /** A title and the first statement of an item are advice by position; what follows needs a verb. */
  private readTitle(node: Node, context: ReadContext): void {
    const first: ReadContext = { ...context, isAdvice: true, subject: this.subjectFor(context) };
    const rest: ReadContext = {
      ...first,
      isAdvice: false,
      subject: () => subjectIn(node, this.lexicon) ?? first.subject(),
    };
    for (const [index, statement] of ownStatements(node).entries())
      this.readStatement(statement, index === 0 ? first : rest);
  }

  private readPreview(node: Node): void {
    const reader = new PartReader(this.lexicon, null, 'assert', 'preview', [titleOf(node)]);
    reader.readSection(node);
    this.push(reader.claims);
  }

  private readChildren(node: Node, context: ReadContext): void {
    const open = context.stance === 'assert' ? openOptions(node) : new Set<Node>();
    let before: Node | null = node.leaf ? node : null;
    for (const child of node.children) {
      this.readNode(child, open.has(child) ? { ...context, stance: 'alternative' } : context, before);
      before = child;
    }
  }
}
