import { ownStatements, statementsOf, titleOf, type Node } from '../outline/node.ts';
import type { Unit } from '../outline/unit.ts';
import { readFence } from '../fences/fence.ts';
import type { Entry } from '../fences/entry.ts';
import type { Lexicon } from '../resolve/lexicon.ts';
import { formatPath } from '../../config/path.ts';
import type { Token } from '../text/tokens.ts';
import { labelClass, type LabelClass } from '../words/labels.ts';
import type { Claim, Stance } from './claim.ts';
import type { ReadContext, Subject } from './context.ts';
import { introducedAs } from './introductions.ts';
import { findMentions } from './mentions.ts';
import type { Statement } from '../text/statements.ts';
import { announcesOptions, chosenOption, isOrLine, optionLabel, startsWithOr } from './options.ts';
import { labelContext, readAdvice, readOne } from './statement.ts';
import { TableReader } from './tables.ts';

const OPTIONAL_TITLE =
  /[([]\s*(?:optional|nice[- ]to[- ]have|stretch(?: goal)?|if needed|if necessary|if time (?:permits|allows)|later|deferred|future|backup|fallback|on hold|not now|facultati[fv]e?|optionnel(?:le)?|opcional|опционально|可选|任意|オプション|선택)\s*[^)\]]{0,20}[)\]]|^\W*(?:optional(?:ly)?|nice[- ]to[- ]have|stretch goal|facultatif|optionnel|opcional|可选)\b\s*[:–—-]|\b(?:rejected|deferred|postponed|do not apply)\s*[)\]]?\s*$/iu;
const DONE_TITLE =
  /[([]\s*(?:already )?(?:done|applied|implemented|completed|merged|fixed|in place|erledigt|umgesetzt|fait|hecho|已完成|已应用|完了|適用済み|완료)[^)\]]{0,30}[)\]]|^\W*(?:done|already (?:done|applied)|completed|erledigt|已完成|完了)\W*[:–—-]|(?:✅|✔|☑)\s*(?:done|applied|already)/iu;
const REFUSED_QUESTION = /\?\s*(?:[–—-]\s*)?(?:no|nope|nein|non|нет|не нужно|不|いいえ|아니오)(?![\p{L}])/iu;
const KEEP_TITLE =
  /^\W*(?:keep|leave|do not change|don't change|no change(?:s)?(?: to| in)?|unchanged|beibehalten|garder|mantener|保持|維持)\b/iu;
const STATUS_LINE =
  /^\W*(?:status|state|stand|statut|estado|статус|状态|ステータス|状態|상태|decision)\W{0,4}[:–—-]\s*(.{1,80})/iu;

function statusStance(text: string): Stance | null {
  const clean = text.toLowerCase();
  if (
    /\b(?:not (?:yet )?(?:done|applied|implemented|started)|open|proposed|pending|todo|to do|recommended|approved|accepted)\b|offen|待/u.test(
      clean,
    )
  )
    return null;
  if (
    /\b(?:done|applied|implemented|completed|merged|already|in place)\b|erledigt|umgesetzt|fait|hecho|已|完了|済|완료/u.test(
      clean,
    )
  )
    return 'done';
  if (
    /\b(?:rejected|deferred|postponed|on hold|later|optional|won't|wontfix|backlog|discarded)\b|abgelehnt|verworfen|rejeté|descartad|否决|却下/u.test(
      clean,
    )
  )
    return 'alternative';
  return null;
}

/** More claims than any person makes about one thing: the rest is data. */
const MAX_CLAIMS = 2000;

/** Reads all claims of one recommendation, or of a section beside them. */
export class PartReader {
  readonly claims: Claim[] = [];
  private push(claims: readonly Claim[]): void {
    for (const claim of claims) if (this.claims.length < MAX_CLAIMS) this.claims.push(claim);
  }

  private readonly lexicon: Lexicon;
  private subject: Subject | null = null;
  private readonly base: ReadContext;

  constructor(
    lexicon: Lexicon,
    unit: number | null,
    stance: Stance,
    source: ReadContext['source'],
    heads: readonly string[],
  ) {
    this.lexicon = lexicon;
    this.base = {
      lexicon,
      unit,
      stance,
      label: null,
      source,
      context: heads,
      subject: () => null,
      place: null,
      isAdvice: true,
    };
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
        this.push(readOne(statements[at] as Statement, this.base, false));
      return;
    }
    const stance = this.titleStance(first, unit.nodes);
    const context: ReadContext = { ...this.base, stance };
    this.readNode(first, context, null);
    let before: Node = first;
    const inner = this.inside(first, context);
    for (const node of rest) {
      this.readNode(node, inner, before);
      before = node;
    }
  }

  readSection(node: Node): void {
    if (node.kind === 'section') {
      const context = this.inside(node, this.base);
      this.readChildren(node, context);
    } else this.readNode(node, this.base, null);
  }

  /** What the title, a checkbox or a status line makes of the whole recommendation. */
  private titleStance(first: Node, nodes: readonly Node[]): Stance {
    if (this.base.stance !== 'assert') return this.base.stance;
    const title = (first.leaf?.text ?? '').split('\n')[0] ?? '';
    if (first.item?.checkbox === 'done' || DONE_TITLE.test(title)) return 'done';
    if (REFUSED_QUESTION.test(title)) return 'keep';
    if (first.leaf?.hasStruck && !/[\p{L}]{3}/u.test(titleOf(first))) return 'alternative';
    if (OPTIONAL_TITLE.test(title.slice(0, 300))) return 'alternative';
    const lines = [...first.children, ...nodes.slice(1)];
    for (const node of lines) {
      for (const statement of node.leaf ? statementsOf(node.leaf).slice(0, 12) : []) {
        const status = STATUS_LINE.exec(
          node.leaf?.text.slice(statement.tokens[0]?.start ?? 0, (statement.tokens[0]?.start ?? 0) + 200) ??
            '',
        )?.[1];
        const stance = status === undefined ? null : statusStance(status);
        if (stance) return stance;
      }
    }
    return 'assert';
  }

  /** The context for what stands under a node. */
  private inside(node: Node, context: ReadContext): ReadContext {
    const text = (node.leaf?.text ?? '').split('\n')[0] ?? '';
    const title = titleOf(node);
    const isHome = node.kind === 'section' && node.level < 7 && node.role === 'recommendations';
    const labelled = node.label && !isHome ? labelContext(node.label, context) : context;
    const next: ReadContext = {
      ...(labelled ?? context),
      context: text === '' ? context.context : [text.slice(0, 300), ...context.context].slice(0, 6),
      subject: () => this.subjectIn(node) ?? context.subject(),
      place: this.placeIn(title) ?? context.place,
      isAdvice: node.kind !== 'section' || context.isAdvice,
    };
    if (node.kind === 'item' && startsWithOr(node) && next.stance === 'assert') next.stance = 'alternative';
    if (node.kind === 'section' && context.stance === 'assert' && KEEP_TITLE.test(title))
      next.stance = 'keep';
    return next;
  }

  /** The one setting a title names. */
  private subjectIn(node: Node): Subject | null {
    if (!node.leaf) return null;
    const first = ownStatements(node)[0];
    if (!first) return null;
    const mentions = findMentions(first.tokens, this.lexicon).filter(
      (mention) => mention.isKnown || mention.isExplicit,
    );
    const strong = mentions.filter((mention) => !mention.isWeak);
    const pool = strong.length > 0 ? strong : mentions;
    const only = pool[0];
    return pool.length === 1 && only
      ? { name: only.name, isExplicit: only.isExplicit, isWeak: only.isWeak }
      : null;
  }

  /** `optimizer:` above nested bullets, or a heading that is the name of a section. */
  private placeIn(title: string): string | null {
    const bare = title.replace(/[`*:\s]+$/gu, '').replace(/^[`*\s]+/gu, '');
    if (!/^[A-Za-z_][\w.]{0,60}$/u.test(bare)) return null;
    return this.lexicon.isSection(bare) ? bare : null;
  }

  private readNode(node: Node, context: ReadContext, before: Node | null): void {
    switch (node.kind) {
      case 'fence':
        this.readFenceNode(node, context, before);
        return;
      case 'table':
        if (node.grid)
          this.push(
            new TableReader(node.grid, {
              ...context,
              source: context.source === 'preview' ? 'preview' : 'table',
            }).read(null),
          );
        return;
      case 'text':
        this.readText(node, context);
        return;
      case 'root':
      case 'section':
      case 'item':
        this.readTitled(node, context);
    }
  }

  private readText(node: Node, context: ReadContext): void {
    if (!node.leaf) return;
    const fragment = this.bareFragment(node);
    if (fragment) {
      this.addEntries(readFence('yaml', fragment).entries, context, 'fence');
      return;
    }
    this.push(
      readAdvice(
        node.leaf,
        {
          ...context,
          isAdvice: context.label === 'change' || context.label === 'proposed',
          subject: this.subject ? () => this.subject : context.subject,
        },
        false,
        (tokens) => this.setSubject(tokens),
      ),
    );
  }

  /** Lines of nested `key: value` that stand in a paragraph without a fence. */
  private bareFragment(node: Node) {
    const lines = node.block?.lines ?? [];
    if (lines.length < 2) return null;
    const isKey = (text: string): boolean =>
      /^\s*[A-Za-z_][\w.]*\s*:(?:\s+\S.*)?$/u.test(text) && !/\*\*/u.test(text);
    const opens = lines.some(({ text }) => /^\s*[A-Za-z_][\w.]*:\s*(?:#.*)?$/u.test(text));
    return opens && lines.every(({ text }) => isKey(text)) ? lines : null;
  }

  private setSubject(tokens: readonly Token[]): void {
    const mention = findMentions(tokens, this.lexicon)[0];
    const only = tokens[0];
    if (mention) this.subject = { name: mention.name, isExplicit: mention.isExplicit, isWeak: false };
    else if (only?.kind === 'word' && tokens.length === 1)
      this.subject = { name: only.text, isExplicit: true, isWeak: false };
  }

  private readTitled(node: Node, context: ReadContext): void {
    const isTitle = node.kind === 'section';
    const role = isTitle && node.marker === null ? node.role : null;
    if (node.label === 'preview' || (role === 'preview' && context.source !== 'preview')) {
      this.readPreview(node);
      return;
    }
    const skipped = node.label !== null && labelContext(node.label, context) === null;
    if (skipped) return;
    if (node.marker?.kind === 'option' || node.label === null) {
      if (node.leaf && node.label === null) {
        const own: ReadContext = {
          ...context,
          isAdvice: true,
          subject: this.subject ? () => this.subject : context.subject,
        };
        for (const [index, statement] of ownStatements(node).entries())
          this.push(
            readOne(
              statement,
              index === 0
                ? own
                : {
                    ...own,
                    isAdvice: node.kind === 'item' && own.isAdvice && index === 0,
                    subject: () => this.subjectIn(node) ?? own.subject(),
                  },
              false,
              (tokens) => this.setSubject(tokens),
            ),
          );
      }
    }
    if (
      isTitle &&
      ['expected', 'target', 'baseline', 'current', 'root-cause', 'other'].includes(role ?? '') &&
      node.level <= 9 &&
      node.label !== 'change' &&
      context.unit !== null
    )
      return;
    this.readChildren(node, this.inside(node, this.titledContext(node, context)));
  }

  private titledContext(node: Node, context: ReadContext): ReadContext {
    if (context.stance !== 'assert') return context;
    const title = (node.leaf?.text ?? '').slice(0, 300);
    if (node.item?.checkbox === 'done' || DONE_TITLE.test(title)) return { ...context, stance: 'done' };
    if (OPTIONAL_TITLE.test(title)) return { ...context, stance: 'alternative' };
    if (
      node.kind === 'section' &&
      node.marker === null &&
      (node.role === 'alternatives' || node.role === 'rejected' || node.role === 'later')
    )
      return { ...context, stance: 'alternative' };
    if (node.kind === 'section' && node.marker === null && node.role === 'keep')
      return { ...context, stance: 'keep' };
    return context;
  }

  private readPreview(node: Node): void {
    const reader = new PartReader(this.lexicon, null, 'assert', 'preview', [titleOf(node)]);
    reader.readSection(node);
    this.push(reader.claims);
  }

  private readChildren(node: Node, context: ReadContext): void {
    const { children } = node;
    const options = children.filter(
      (child) => optionLabel(child) !== null && child.kind !== 'text' && child.kind !== 'fence',
    );
    const chosen = options.length > 1 ? chosenOption(options, [node]) : null;
    const hasOr = children.some(isOrLine);
    const isEither =
      (announcesOptions((node.leaf?.text ?? '').slice(0, 300)) ||
        children.some(
          (child, at) =>
            child.kind === 'text' &&
            children[at + 1]?.kind === 'item' &&
            /:\s*$/u.test(child.leaf?.text ?? '') &&
            announcesOptions((child.leaf?.text ?? '').slice(0, 300)),
        )) &&
      children.filter((child) => child.kind === 'item').length > 1;
    let before: Node | null = null;
    for (const [index, child] of children.entries()) {
      let own = context;
      const isOption = options.includes(child);
      const joinsOr =
        startsWithOr(child) ||
        (children[index + 1] !== undefined &&
          child.kind === 'item' &&
          children[index + 1]?.kind === 'item' &&
          startsWithOr(children[index + 1] as Node));
      if (
        context.stance === 'assert' &&
        ((isOption && child !== chosen) ||
          hasOr ||
          (isEither && child.kind === 'item' && child !== chosen) ||
          joinsOr)
      )
        own = { ...context, stance: 'alternative' };
      this.readNode(child, own, before ?? (node.leaf ? node : null));
      before = child;
    }
  }

  private readFenceNode(node: Node, context: ReadContext, before: Node | null): void {
    const block = node.block;
    if (!block) return;
    const intro = before?.leaf && before.kind !== 'section' ? this.introOf(before) : null;
    const label =
      context.label === null || context.label === 'change' ? (intro ?? context.label) : context.label;
    const named =
      /(?:title|file(?:name)?)\s*=\s*"?([\w./-]+)|^\w+\s*[:{]\s*([\w./-]+\.(?:ya?ml|json|toml))/u.exec(
        block.info,
      );
    const head = block.lines[0]?.text ?? '';
    const isPreview =
      context.source === 'preview' ||
      label === 'preview' ||
      named !== null ||
      /^\s*#.{0,40}optimi[sz]ation_config|^\s*#\s*(?:config )?preview\b|^\s*#.{0,30}\b(?:full|complete|final)\b.{0,20}config/iu.test(
        head,
      );
    const inner = label === context.label ? context : labelContext(label, context);
    if (inner === null) return;
    const { kind, entries } = readFence(block.info, block.lines);
    if (kind === 'none') return;
    const own: ReadContext = isPreview ? { ...inner, unit: null, source: 'preview' } : inner;
    this.addEntries(entries, own, kind === 'program' ? 'program' : 'fence');
  }

  private introOf(before: Node): LabelClass | null {
    const statements = before.leaf ? statementsOf(before.leaf) : [];
    const last = statements.at(-1);
    if (!last || !before.leaf) return null;
    const text = before.leaf.text.slice(last.tokens[0]?.start ?? 0);
    return labelClass(text) ?? introducedAs(text);
  }

  private addEntries(entries: readonly Entry[], context: ReadContext, source: 'fence' | 'program'): void {
    const hasMarks = entries.some((item) => item.mark !== null);
    for (const item of entries) {
      const stance = this.entryStance(item, context);
      const isArgument = item.call !== null || source === 'program';
      const generic = /^(?:p|prob|rate|probability)$/u.test(String(item.path.at(-1)));
      const name = item.call !== null && item.call !== 'flag' && generic ? item.call : formatPath(item.path);
      this.claims.push({
        name,
        path: name === item.call ? null : item.path,
        isExplicit: true,
        isWeak: isArgument,
        relation: item.relation,
        stance,
        source: context.source === 'preview' ? 'preview' : 'fence',
        line: item.line,
        unit: context.unit,
        context:
          item.call !== null && item.call !== 'flag' ? [item.call, ...context.context] : context.context,
        place: context.place,
        mark: item.mark ?? (hasMarks && entries.length > 1 ? 'unmarked' : null),
        statedRecommendation: item.statedRecommendation,
        comment: item.comment,
        isChoice: false,
      });
    }
  }

  private entryStance(item: Entry, context: ReadContext): Stance {
    if (context.stance !== 'assert') return context.stance;
    switch (item.hint) {
      case 'keep':
        return 'keep';
      case 'alternative':
        return 'alternative';
      case 'current':
        return 'observed';
      case 'done':
        return 'done';
      case null:
        return 'assert';
    }
  }
}
