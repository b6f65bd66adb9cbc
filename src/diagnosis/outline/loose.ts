import { isGroupTitle } from '../words/roles.ts';
import { hasAdvice, keeps } from './advice.ts';
import { isSilent, splitLabel } from './labels.ts';
import { statementsOf, titleOf, type Node } from './node.ts';
import { lineDrafts } from './paragraph-lines.ts';
import { isRecommendationTable, rowDrafts } from './rows.ts';
import { draft, stanceOf, type Draft } from './unit.ts';

export function isInside(node: Node, ancestors: ReadonlySet<Node>): boolean {
  for (let at = node.parent; at; at = at.parent) if (ancestors.has(at)) return true;
  return false;
}

/** Titles and items that call themselves recommendations (`R1`, `Fix 2`) wherever they stand. */
export function markedDrafts(sections: readonly Node[]): Draft[] {
  const marked = sections.filter(
    (node) =>
      node.marker?.kind === 'recommendation' &&
      node.marker.number !== null &&
      !isGroupTitle(titleOf(node)) &&
      node.role !== 'root-cause',
  );
  const set = new Set(marked);
  const drafts = marked
    .filter((node) => !isInside(node, set))
    .map((node) => draft([node], node.marker?.number ?? null, 'open'));
  for (const section of sections)
    for (const child of section.children)
      if (
        child.kind === 'item' &&
        child.marker?.kind === 'recommendation' &&
        !set.has(section) &&
        !isInside(child, set)
      )
        drafts.push(draft([child], child.marker.number, 'open'));
  return drafts.sort((a, b) => a.line - b.line);
}

const ADVICE =
  /^\W*(?:recommendations?|recommended(?: action| fix)?|fix|action|solution|remedy|empfehlung|maßnahme|lösung|recommandation|mesure|recomendación|acción|рекомендация|建议|措施|推奨|対策|권장|조치)\W{0,3}[:–—-]/iu;

function isAdviceLabel(node: Node): boolean {
  const { leaf } = node;
  return (
    leaf !== null &&
    statementsOf(leaf).some((statement) =>
      ADVICE.test(leaf.text.slice(statement.tokens[0]?.start ?? 0).slice(0, 80)),
    )
  );
}

function adviceLine(node: Node): number {
  const { leaf } = node;
  const found = leaf
    ? statementsOf(leaf).find((statement) =>
        ADVICE.test(leaf.text.slice(statement.tokens[0]?.start ?? 0).slice(0, 80)),
      )
    : undefined;
  return found?.line ?? node.line;
}

/** Findings with a line "Recommendation: …" or "Fix: …" each. */
export function labelledDrafts(sections: readonly Node[]): Draft[] {
  const drafts: Draft[] = [];
  for (const section of sections)
    for (const child of section.children) {
      if (child.kind === 'section') {
        const isLabel =
          child.label === 'change' && child.level >= 7 && ADVICE.test(`${child.leaf?.text ?? ''}:`);
        if (isLabel) drafts.push(draft([child], section.marker?.number ?? null, 'open'));
      } else if (isAdviceLabel(child))
        drafts.push(
          draft([child], section.marker?.number ?? child.item?.number ?? null, 'open', {
            line: adviceLine(child),
          }),
        );
      else if (child.kind === 'item' && child.children.some(isAdviceLabel))
        drafts.push(draft([child], child.item?.number ?? null, 'open'));
    }
  return drafts;
}

function itemAdvises(node: Node): boolean {
  return (
    (node.leaf !== null && hasAdvice(node.leaf)) ||
    node.children.some((child) => child.kind === 'fence' || itemAdvises(child))
  );
}

function isSilentItem(node: Node): boolean {
  const first = node.leaf ? statementsOf(node.leaf)[0] : undefined;
  return isSilent(node.label) || (first !== undefined && isSilent(splitLabel(first).label));
}

function itemKeeps({ leaf }: Node): boolean {
  const first = leaf ? statementsOf(leaf)[0] : undefined;
  return first !== undefined && keeps(first);
}

/** Lists in which half of the entries advise (a third, where they are numbered): then all of them are meant, also "lr is fine". */
function advisingLists(node: Node): ReadonlySet<number> {
  const counts = new Map<number, { all: number; advising: number; enough: number }>();
  for (const child of node.children) {
    if (child.kind !== 'item' || !child.item) continue;
    const count = counts.get(child.item.list) ?? {
      all: 0,
      advising: 0,
      enough: child.item.ordered ? Infinity : 2,
    };
    const isAdvising = itemAdvises(child);
    if (isAdvising) count.advising += 1;
    if (isAdvising || !itemKeeps(child)) count.all += 1;
    counts.set(child.item.list, count);
  }
  const isMeant = ({ all, advising, enough }: { all: number; advising: number; enough: number }): boolean =>
    advising * enough >= all;
  return new Set([...counts].filter(([, count]) => isMeant(count)).map(([list]) => list));
}

function sectionAdvises(node: Node): boolean {
  return (
    (node.leaf !== null && hasAdvice(node.leaf)) ||
    node.children.some((child) => child.kind === 'fence' || (child.leaf !== null && hasAdvice(child.leaf)))
  );
}

/** Sections 1, 2, 3, … of which half advise or more, without a heading over them that says so. */
function advisingSections(node: Node): ReadonlySet<Node> {
  const numbered = node.children.filter(
    (child) => child.kind === 'section' && child.role === null && child.marker?.kind === 'number',
  );
  const isSeries = numbered.length >= 2 && numbered.every((child, at) => child.marker?.number === at + 1);
  const isMeant = numbered.filter(sectionAdvises).length * 2 >= numbered.length;
  return new Set(isSeries && isMeant ? numbered : []);
}

/** The one heading above everything is the report's title, whatever it says. */
function onlyTitle(root: Node): Node | null {
  const [first, ...others] = root.children.filter((child) => child.kind === 'section');
  return first?.level === 1 && others.length === 0 ? first : null;
}

const SKIPPED_ROLES = new Set(['target', 'expected', 'baseline', 'current', 'other', 'preview']);

/** A code block belongs to the advice that leads on to it ("Apply this patch:"); others show the config. */
function addFence(fence: Node, before: Node | null, drafts: Draft[], fences: Node[]): void {
  const last = drafts.at(-1);
  const leadsOn = before?.kind === 'text' && /:\s*$/u.test(before.leaf?.text ?? '');
  if (last && leadsOn && last.nodes[0] === before && last.statement === null)
    drafts[drafts.length - 1] = { ...last, nodes: [...last.nodes, fence], isLoose: false };
  else fences.push(fence);
}

/** Reports without any structure: whatever reads like advice, in order. Code blocks go to `fences`. */
export function looseDrafts(root: Node, fences: Node[]): Draft[] {
  const drafts: Draft[] = [];
  const title = onlyTitle(root);
  const visit = (node: Node): void => {
    const numbered = advisingSections(node);
    const lists = advisingLists(node);
    let before: Node | null = null;
    for (const child of node.children) {
      if (child.kind === 'section') {
        if (child === title) {
          visit(child);
          continue;
        }
        if (
          stanceOf(child) ||
          (child.level >= 7 && isSilent(child.label)) ||
          (child.role !== null && SKIPPED_ROLES.has(child.role))
        )
          continue;
        if (numbered.has(child)) drafts.push(draft([child], child.marker?.number ?? null, 'open'));
        else if (child.leaf && child.children.length === 0 && hasAdvice(child.leaf))
          drafts.push(draft([child], child.marker?.number ?? null, 'open', { isLoose: true }));
        else visit(child);
      } else if (child.kind === 'item') {
        if (
          child.leaf &&
          !isSilentItem(child) &&
          (itemAdvises(child) || (child.item !== null && lists.has(child.item.list)))
        )
          drafts.push(draft([child], child.item?.number ?? null, 'open', { isLoose: true }));
        else visit(child);
      } else if (child.kind === 'table') {
        if (child.grid && isRecommendationTable(child.grid)) drafts.push(...rowDrafts(child, 'open'));
      } else if (child.kind === 'fence') addFence(child, before, drafts, fences);
      else if (child.leaf && hasAdvice(child.leaf)) drafts.push(...lineDrafts(child, 'open', true));
      before = child;
    }
  };
  visit(root);
  return drafts;
}
