import { isGroupTitle } from '../words/roles.ts';
import { hasAdvice } from './advice.ts';
import { splitLabel } from './labels.ts';
import { statementsOf, titleOf, type Node } from './node.ts';
import { lineDrafts } from './paragraph-lines.ts';
import { isNumberedTable, isRecommendationTable, rowDrafts } from './rows.ts';
import { draft, stanceOf, type Draft, type Segments, type UnitStance } from './unit.ts';

/** An entry such as "Impact: high" is a detail of a recommendation, not one itself. */
function isLabelItem(node: Node): boolean {
  if (node.label !== null) return true;
  const first = node.leaf ? statementsOf(node.leaf)[0] : undefined;
  if (!first) return false;
  const { label } = splitLabel(first);
  return label !== null && label !== 'keep' && label !== 'alternative' && label !== 'later';
}

const SINGULAR =
  /^(?:(?:the|my|our|main|key|single) )?(?:recommendation|recommended (?:action|change|fix|approach)|fix|solution|proposed (?:change|fix|action)|proposal|advice|remedy|empfehlung|maßnahme|lösung|recommandation|solution proposée|recomendación|acción|рекомендация)$/iu;

/** The number of a section that is one recommendation itself; that of a chapter numbers no advice. */
function ownNumber(section: Node): number | null {
  return section.role === 'recommendations' && section.marker?.kind !== 'recommendation'
    ? null
    : (section.marker?.number ?? null);
}

/** Collects the recommendations of the sections that hold them. */
export class Segmenter {
  readonly previews = new Set<Node>();
  private readonly groups = new Set<Node>();
  readonly notes = new Set<Node>();
  readonly loose = new Map<Node, Segments['loose'][number]>();

  /** Collects the recommendations of a section that holds them. */
  collect(section: Node, stance: UnitStance): Draft[] {
    const sections = section.children.filter((child) => child.kind === 'section');
    this.markGroups(sections);
    const numbered = sections.filter((child) => this.isNumbered(child));
    if (numbered.length === 0 && this.ownTable(section)) return this.collectLeaves(section, stance);
    if (numbered.length > 0) return this.collectSections(section, stance, (child) => this.isNumbered(child));
    const titled = sections.filter((child) => this.isTitled(child));
    const hasOwnList = section.children.some(
      (child) => child.kind === 'item' && child.item?.ordered === true,
    );
    if (titled.length > 0 && !hasOwnList)
      return this.collectSections(section, stance, (child) => this.isTitled(child));
    return this.collectLeaves(section, stance);
  }

  /** `Priority 1` (1, 2), `Priority 2` (3, 4, 5): lists that count on from one section to the next are the recommendations. */
  private markGroups(sections: readonly Node[]): void {
    const lists = sections
      .map((node) => ({
        node,
        numbers: node.children.flatMap((child) =>
          child.item?.ordered === true ? [child.item.number ?? 0] : [],
        ),
      }))
      .filter(({ numbers }) => numbers.length > 0);
    const all = lists.flatMap(({ numbers }) => numbers);
    if (lists.length < 2 || all.some((number, at) => number !== at + (all[0] ?? 0))) return;
    for (const { node } of lists) this.groups.add(node);
  }

  private isNumbered(node: Node): boolean {
    if (node.marker === null || node.marker.kind === 'option') return false;
    return node.marker.number !== null && !isGroupTitle(titleOf(node)) && node.role !== 'preview';
  }

  /** A heading without a number that is a recommendation or a group of them rather than a label. */
  private isTitled(node: Node): boolean {
    return (
      node.label === null &&
      node.level <= 8 &&
      node.role !== 'root-cause' &&
      node.role !== 'baseline' &&
      node.role !== 'summary' &&
      node.role !== 'other'
    );
  }

  private isGroup(node: Node): boolean {
    if (this.groups.has(node)) return true;
    if (isGroupTitle((node.leaf?.text ?? '').trim()) || isGroupTitle(titleOf(node))) return true;
    return node.children.some((child) => child.kind === 'section' && this.isNumbered(child));
  }

  private collectSections(section: Node, stance: UnitStance, isUnit: (node: Node) => boolean): Draft[] {
    const drafts: Draft[] = [];
    const intro: Node[] = [];
    for (const child of section.children) {
      if (child.kind !== 'section') {
        if (child.kind === 'table' || child.kind === 'fence') intro.push(child);
        continue;
      }
      const own = stanceOf(child);
      const isStanceSection = own !== null && !(child.marker && isUnit(child));
      if (this.isGroup(child)) drafts.push(...this.collect(child, own ?? stance));
      else if (isStanceSection && own !== null) this.loose.set(child, { node: child, stance: own });
      else if (child.role === 'preview' && !(child.marker && isUnit(child))) this.previews.add(child);
      else if (child.label === 'preview') this.previews.add(child);
      else if (isUnit(child)) drafts.push(draft([child], child.marker?.number ?? null, stance));
      else if (
        child.role !== 'expected' &&
        child.children.some((part) => part.kind === 'section' && isUnit(part))
      )
        drafts.push(...this.collect(child, stance));
      else if (child.marker?.kind === 'option') drafts.push(draft([child], null, 'alternatives'));
    }
    for (const node of intro) this.previews.add(node);
    return drafts;
  }

  /** The numbered table of recommendations that a section opens with; lists below it are notes. */
  private ownTable(section: Node): Node | undefined {
    const table = section.children.find(
      (child) => child.kind === 'table' && child.grid !== null && isNumberedTable(child.grid),
    );
    const isList = (child: Node): boolean =>
      child.item?.ordered === true || (child.kind === 'item' && child.line < (table?.line ?? 0));
    return section.children.some(isList) ? undefined : table;
  }

  private collectLeaves(section: Node, stance: UnitStance): Draft[] {
    const items = section.children.filter((child) => child.kind === 'item');
    const numberedTable = this.ownTable(section);
    if (numberedTable) {
      this.stashSections(section);
      for (const child of section.children) if (child.kind === 'fence') this.previews.add(child);
      return rowDrafts(numberedTable, stance);
    }
    const ordered = items.filter((child) => child.item?.ordered === true);
    if (ordered.length > 0)
      return this.collectItems(section, stance, (child) => child.item?.ordered === true);
    const real = items.filter((child) => !isLabelItem(child));
    if (items.length > 0 && real.length === 0) return [draft([section], ownNumber(section), stance)];
    if (items.length > 0) return this.collectItems(section, stance, (child) => child.kind === 'item');
    const tables = section.children.filter(
      (child) => child.kind === 'table' && child.grid && isRecommendationTable(child.grid),
    );
    if (tables.length > 0) {
      this.stashSections(section);
      for (const child of section.children) if (child.kind === 'fence') this.previews.add(child);
      for (const child of section.children) if (child.kind === 'text') this.addNote(child);
      return tables.flatMap((table) => rowDrafts(table, stance));
    }
    return this.collectText(section, stance);
  }

  private stashSections(section: Node): void {
    for (const child of section.children) {
      if (child.kind !== 'section') continue;
      const own = stanceOf(child);
      if (own !== null) this.loose.set(child, { node: child, stance: own });
      else if (child.role === 'preview' || child.label === 'preview' || child.role === 'recommendations')
        this.previews.add(child);
    }
  }

  /** List items, each with the blocks that follow it where the list is interrupted by them. */
  private collectItems(section: Node, stance: UnitStance, isUnit: (node: Node) => boolean): Draft[] {
    const drafts: Draft[] = [];
    const lists = new Set(section.children.filter(isUnit).map((child) => child.item?.list));
    const isInterrupted = lists.size > 1;
    let current: Node[] | null = null;
    let currentStance: UnitStance = stance;
    const flush = (): void => {
      if (current)
        drafts.push(
          draft(current, current[0]?.item?.number ?? current[0]?.marker?.number ?? null, currentStance),
        );
      current = null;
    };
    for (const child of section.children) {
      if (isUnit(child)) {
        flush();
        current = [child];
        currentStance = stance;
      } else if (child.kind === 'section') {
        flush();
        const own = stanceOf(child);
        if (own !== null) this.loose.set(child, { node: child, stance: own });
        else if (child.role === 'preview' || child.label === 'preview') this.previews.add(child);
        else if (child.children.some(isUnit) || this.isGroup(child))
          drafts.push(...this.collect(child, stance));
        else if (
          child.role === null &&
          child.children.some((part) => part.kind === 'fence' || part.kind === 'table')
        )
          this.previews.add(child);
      } else if (current && isInterrupted) current.push(child);
      else if (child.kind === 'fence' || child.kind === 'table') {
        flush();
        this.previews.add(child);
      } else if (child.kind === 'text' && (current || drafts.length > 0)) this.addNote(child);
    }
    flush();
    return drafts;
  }

  private addNote(node: Node): void {
    if (node.leaf && hasAdvice(node.leaf)) this.notes.add(node);
  }

  /** Paragraphs: each one, or each of its lines, is a recommendation. */
  private collectText(section: Node, stance: UnitStance): Draft[] {
    const texts = section.children.filter((child) => child.kind === 'text' && child.leaf);
    this.stashSections(section);
    const advising = texts.filter((child) => child.leaf && hasAdvice(child.leaf));
    const hasFence = section.children.some((child) => child.kind === 'fence');
    const isOne =
      SINGULAR.test(titleOf(section)) &&
      advising.every(
        (child) => (child.leaf?.breaks.length ?? 1) === 1 || lineDrafts(child, stance).length === 1,
      );
    if ((advising.length <= 1 && hasFence) || (isOne && texts.length > 0))
      return [draft([section], ownNumber(section), stance)];
    if (texts.length === 0) return [];
    if (advising.length <= 1) {
      const only = advising[0] ?? texts[0];
      if (only?.leaf && only.leaf.breaks.length > 1) return lineDrafts(only, stance);
      return [draft([section], ownNumber(section), stance)];
    }
    return this.paragraphDrafts(section, new Set(advising), stance);
  }

  /** A draft for each paragraph of advice, with the code blocks and tables that follow it. */
  private paragraphDrafts(section: Node, advising: ReadonlySet<Node>, stance: UnitStance): Draft[] {
    const drafts: Draft[] = [];
    for (const child of section.children) {
      if (advising.has(child)) drafts.push(...lineDrafts(child, stance));
      else if (child.kind === 'fence' || child.kind === 'table') {
        const last = drafts.at(-1);
        if (last && last.statement === null)
          drafts[drafts.length - 1] = { ...last, nodes: [...last.nodes, child] };
        else this.previews.add(child);
      }
    }
    return drafts;
  }
}
