import { formatPath } from '../../config/path.ts';
import type { Claim, Stance } from '../claims/claim.ts';
import type { ReadContext } from '../claims/context.ts';
import type { Entry } from '../fences/entry.ts';
import { readFence } from '../fences/fence.ts';
import { statementsOf, type Node } from '../outline/node.ts';
import { withoutFileRoot } from '../resolve/paths.ts';
import { endsWith, slotAt } from '../resolve/relatives.ts';
import { sameValue } from '../resolve/slots.ts';
import type { SourceLine } from '../text/lines.ts';
import { labelClass, type LabelClass } from '../words/labels.ts';
import { introducedAs } from './introductions.ts';
import { labelContext } from './statement.ts';

const FILE_INFO = /(?:title|file(?:name)?)\s*=\s*"?[\w./-]+|^\w+\s*[:{]\s*[\w./-]+\.(?:ya?ml|json|toml)/u;
const FILE_HEAD =
  /^\s*#.{0,40}optimi[sz]ation_config|^\s*#\s*(?:config )?preview\b|^\s*#.{0,30}\b(?:full|complete|final)\b.{0,20}config/iu;
const AMOUNT = /^(?:p|prob|rate|probability)$/u;
const STANCES: Readonly<Record<NonNullable<Entry['hint']>, Stance>> = {
  keep: 'keep',
  alternative: 'alternative',
  current: 'observed',
  done: 'done',
};

/** What the last sentence before a block announces. */
function introOf(before: Node | null): LabelClass | null {
  const leaf = before && before.kind !== 'section' ? before.leaf : null;
  const last = leaf ? statementsOf(leaf).at(-1) : undefined;
  if (!leaf || !last) return null;
  const text = leaf.text.slice(last.tokens[0]?.start ?? 0);
  return labelClass(text) ?? introducedAs(text);
}

function claimOf(item: Entry, context: ReadContext, isProgram: boolean, isMarked: boolean): Claim {
  const call = item.call === 'flag' ? null : item.call;
  // `nn.Dropout(p=0.4)`: the argument is named after its function.
  const isAmount = call !== null && AMOUNT.test(String(item.path.at(-1)));
  return {
    name: isAmount ? call : formatPath(item.path),
    path: isAmount ? null : item.path,
    isExplicit: true,
    isWeak: (item.call !== null || isProgram) && item.mark === null,
    relation: item.relation,
    stance: context.stance === 'assert' && item.hint !== null ? STANCES[item.hint] : context.stance,
    source: context.source === 'preview' ? 'preview' : 'fence',
    line: item.line,
    unit: context.unit,
    context: call === null ? context.context : [call, ...context.context],
    place: context.place,
    mark: item.mark ?? (isMarked ? 'unmarked' : null),
    statedRecommendation: item.statedRecommendation,
    comment: item.comment,
    isChoice: false,
  };
}

/** Whether a line shows the baseline's own value. */
function isRepeated({ path, relation }: Entry, { lexicon }: ReadContext): boolean {
  if (relation.kind !== 'set') return false;
  const keys = withoutFileRoot(path, lexicon);
  const slot = slotAt(lexicon, keys) ?? lexicon.slots.find((one) => endsWith(one, keys));
  return slot !== undefined && sameValue(relation.to.value, slot.value);
}

function claimsOf(entries: readonly Entry[], context: ReadContext, isProgram: boolean): Claim[] {
  // A block that repeats nothing of the baseline is an excerpt: all of it is new, whatever else its comments mark.
  const isMarked =
    entries.length > 1 &&
    entries.some((item) => item.mark !== null) &&
    entries.some((item) => item.mark === null && isRepeated(item, context));
  return entries.map((item) => claimOf(item, context, isProgram, isMarked));
}

/** The claims of a code block; `before` is what stands above it. */
export function readBlock(node: Node, context: ReadContext, before: Node | null): Claim[] {
  const { block } = node;
  if (!block) return [];
  const isOpen = context.label === null || context.label === 'change';
  const label = isOpen ? (introOf(before) ?? context.label) : context.label;
  const inner = label === context.label ? context : labelContext(label, context);
  const { kind, entries } = readFence(block.info, block.lines);
  if (inner === null || kind === 'none') return [];
  const isFile = FILE_INFO.test(block.info) || FILE_HEAD.test(block.lines[0]?.text ?? '');
  const isPreview = context.source === 'preview' || label === 'preview' || isFile;
  const own: ReadContext = isPreview ? { ...inner, unit: null, source: 'preview' } : inner;
  return claimsOf(entries, own, kind === 'program');
}

/** Lines of nested `key: value` that stand in a paragraph without a fence; null where they are none. */
export function bareFragment(node: Node): readonly SourceLine[] | null {
  const lines = node.block?.lines ?? [];
  const isKey = ({ text }: SourceLine): boolean =>
    /^\s*[A-Za-z_][\w.]*\s*:(?:\s+\S.*)?$/u.test(text) && !text.includes('**');
  const opens = lines.some(({ text }) => /^\s*[A-Za-z_][\w.]*:\s*(?:#.*)?$/u.test(text));
  return lines.length >= 2 && opens && lines.every(isKey) ? lines : null;
}

export function readFragment(lines: readonly SourceLine[], context: ReadContext): Claim[] {
  return claimsOf(readFence('yaml', lines).entries, context, false);
}
