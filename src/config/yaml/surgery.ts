import { markText } from '../comment.ts';
import type { Mark } from '../comment.ts';
import { commentCut } from '../hash-comment.ts';
import type { ConfigPath } from '../path.ts';
import type { Session, Surgery } from '../rewrite.ts';
import type { Cut } from '../splices.ts';
import type { Step } from '../steps.ts';
import { releaseAnchors } from './anchors.ts';
import { parseYaml } from './document.ts';
import type { YamlDocument } from './document.ts';
import { insertHere, parentOf } from './insert.ts';
import { locate } from './locate.ts';
import { labelOf, markPath } from './mark-path.ts';
import { isShared, makeOwn, replaceAlias } from './own.ts';
import { placeValue } from './place-value.ts';
import { removeHere } from './remove.ts';
import { repair } from './repair.ts';
import { spelledCopy } from './spelled.ts';
import { isBlock, isCollection, slotOf, visit } from './tree.ts';
import type { Slot, YamlNode } from './tree.ts';

/** How YAML text is changed. */
export const yamlSurgery: Surgery<YamlDocument> = {
  parse: parseYaml,
  isDivisible(document, path) {
    const found = locate(document.root, path);
    if (found === undefined || found.hops.length > 0 || !isCollection(found.node)) return false;
    return document.text.slice(found.node.start, found.node.end).includes('\n') || holdsNames(found.node);
  },
  perform(session, step, mark) {
    if (step.op === 'insert') insert(session, step, mark);
    else if (step.op === 'set') set(session, step, mark);
    else remove(session, step.path, mark);
  },
  repair,
};

/** Anchors, aliases and tags in it would be lost if it were written anew. */
function holdsNames(collection: YamlNode): boolean {
  let holds = false;
  visit(collection, (node) => {
    const isNamed = node.kind === 'alias' || node.props.start < node.props.end;
    if (isNamed && node !== collection) holds = true;
  });
  return holds;
}

type YamlSession = Session<YamlDocument>;

function insert(session: YamlSession, { path, value }: Step, mark: Mark): void {
  makeOwn(session, path.slice(0, parentOf(session.document, path).depth), 'add');
  insertHere(session, path, value, mark);
}

function set(session: YamlSession, { path, value }: Step, mark: Mark): void {
  makeOwn(session, path.slice(0, -1), 'add');
  const found = locate(session.document.root, path);
  if (found?.slot === undefined || found.hops.some((hop) => isShared(hop))) {
    insertHere(session, path, value, mark);
    return;
  }
  const old = found.node;
  const moved = releaseAnchors(session, Math.min(old.props.start, old.start), old.end);
  const { document } = session;
  const slot = locate(document.root, path)?.slot ?? found.slot;
  const hasMoved = old.props.anchor !== undefined && moved.has(old.props.anchor);
  const cuts = placeValue(document, slot, value, hasMoved ? { anchor: '' } : {});
  const comment = commentCut(document, slot.entry.value.end, markText(mark, labelOf(document, path, slot)));
  if (staysOnLine(document.text, slot, cuts, comment)) {
    session.change([...cuts, comment]);
    return;
  }
  session.change(cuts);
  markPath(session, path, mark);
}

/** One line becomes one line: value and comment can be written at once. */
function staysOnLine(text: string, { entry }: Slot, cuts: readonly Cut[], comment: Cut): boolean {
  const { value } = entry;
  const isInline = !isBlock(value) && !(value.kind === 'scalar' && value.style === 'block');
  const isOneLine = cuts.every(
    (cut) => !cut.text.includes('\n') && !text.slice(cut.start, cut.end).includes('\n'),
  );
  return isInline && isOneLine && cuts.every((cut) => cut.end <= comment.start);
}

function remove(session: YamlSession, path: ConfigPath, mark: Mark): void {
  makeOwn(session, path.slice(0, -1), 'copy');
  for (;;) {
    const { document } = session;
    const found = locate(document.root, path);
    const hop = found?.hops.find((step) => isShared(step));
    if (found?.slot === undefined) return;
    if (hop === undefined) {
      const { entry } = found.slot;
      releaseAnchors(session, entry.start, entry.value.end);
      removeHere(session, path, mark);
      if (found.slot.container.kind === 'seq') return;
      // Behind a key there may be the same key of a merged mapping.
      continue;
    }
    const source = hop.kind === 'merge' ? hop.source : hop.slot.entry.value;
    const slot = slotOf(document.root, source);
    if (slot === undefined) return;
    replaceAlias(session, slot, spelledCopy(source, document));
  }
}
