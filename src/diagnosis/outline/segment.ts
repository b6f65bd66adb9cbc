import { readFence } from '../fences/fence.ts';
import { isInside, labelledDrafts, looseDrafts, markedDrafts } from './loose.ts';
import { titleOf, type Node } from './node.ts';
import { Segmenter } from './sections.ts';
import { draft, numberUnits, stanceOf, type Draft, type Segments } from './unit.ts';

/** A report with more parts is data; the rest is not read, and that is said. */
const MAX_UNITS = 300;
const MAX_PARTS = 100;
const SUMMARY =
  /summary|overview|at a glance|zusammenfassung|übersicht|résumé|resumen|总结|汇总|まとめ|一覧/iu;

function allSections(root: Node): Node[] {
  const out: Node[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'section' || node.kind === 'root') out.push(node);
    for (const child of node.children) visit(child);
  };
  visit(root);
  return out;
}

function hasFences(node: Node): boolean {
  return node.children.some((child) => child.kind === 'fence' || (child.kind !== 'text' && hasFences(child)));
}

const PARTS: ReadonlySet<string | null> = new Set<string | null>([
  'root-cause',
  'baseline',
  'summary',
  'target',
  'current',
  'recommendations',
]);

/** "Training diagnostics & optimization plan" above findings and recommendations titles the report, not a part of it. */
function isReportTitle(node: Node): boolean {
  const parts = node.children.filter(
    (child) => child.kind === 'section' && child.marker?.kind !== 'recommendation',
  );
  return parts.filter((child) => PARTS.has(child.role)).length >= 2;
}

function topmost(sections: readonly Node[], role: string): Node[] {
  const found = sections.filter(
    (node) => node.role === role && node.kind === 'section' && !isReportTitle(node),
  );
  const set = new Set(found);
  return found.filter((node) => !isInside(node, set));
}

/** Finds the recommendations of a report, and the sections that speak of the config beside them. */
export function segment(root: Node): Segments {
  const segmenter = new Segmenter();
  const sections = allSections(root);
  const homes: Node[] = [];
  const collect = (nodes: readonly Node[]): Draft[] =>
    nodes.flatMap((node) => {
      const drafts = segmenter.collect(node, 'open');
      if (drafts.length > 0) homes.push(node);
      return drafts;
    });
  const primary = topmost(sections, 'recommendations');
  const main = primary.filter((node) => !SUMMARY.test(titleOf(node)));
  let drafts = collect(main.length > 0 ? main : primary);
  if (main.length > 0) for (const node of primary) if (!main.includes(node)) segmenter.previews.add(node);
  if (drafts.length === 0) drafts = markedDrafts(sections);
  if (drafts.length === 0) drafts = collect(topmost(sections, 'steps'));
  if (drafts.length === 0) drafts = labelledDrafts(sections);
  if (drafts.length === 0) {
    const fences: Node[] = [];
    drafts = looseDrafts(root, fences);
    if (drafts.length > 0) for (const node of fences) segmenter.previews.add(node);
    else
      drafts = fences
        .filter((node) => node.block && readFence(node.block.info, node.block.lines).entries.length > 0)
        .map((node) => draft([node], null, 'open', { isLoose: true }));
  }
  addRest(sections, drafts, homes, segmenter);
  return {
    units: numberUnits(drafts).slice(0, MAX_UNITS),
    previews: [...segmenter.previews].slice(0, MAX_PARTS),
    loose: [...segmenter.loose.values()].slice(0, MAX_PARTS),
    notes: [...segmenter.notes].slice(0, MAX_PARTS),
    dropped: Math.max(0, drafts.length - MAX_UNITS),
  };
}

/** Sections outside the recommendations that preview the config or say what to keep. */
function addRest(
  sections: readonly Node[],
  drafts: readonly Draft[],
  homes: readonly Node[],
  segmenter: Segmenter,
): void {
  const taken = new Set([
    ...drafts.flatMap((item) => item.nodes),
    ...homes,
    ...segmenter.previews,
    ...segmenter.loose.keys(),
  ]);
  for (const node of sections) {
    if (node.kind === 'root' || taken.has(node) || isInside(node, taken)) continue;
    const stance = stanceOf(node);
    if (stance) segmenter.loose.set(node, { node, stance });
    else if (node.role === 'preview' || (node.role === 'steps' && hasFences(node)))
      segmenter.previews.add(node);
    else continue;
    taken.add(node);
  }
}
