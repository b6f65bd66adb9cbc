import type { ConfigPath } from '../../config/path.ts';
import { literalOf, parseYamlValue } from '../claims/literal.ts';
import type { SourceLine } from '../text/lines.ts';
import { entry, readComment, type CommentReading, type Entry } from './entry.ts';
import {
  bracketBalance,
  indentOf,
  KEY,
  SECTION,
  splitComment,
  splitKey,
  STATE,
  TYPED,
} from './line-syntax.ts';
import { readCodeValue } from './value.ts';

const MAX_BLOCK = 200;
const MAX_LINE = 2000;
const MAX_FLOW = 4000;

interface Frame {
  indent: number;
  path: ConfigPath;
}

/**
 * Reads `key: value` lines as people show them: nested YAML, flat dotted keys, TOML and INI sections, JSON that is cut short.
 * Lenient on purpose; what is no such line is passed over.
 */
class LineReader {
  readonly entries: Entry[] = [];
  private readonly lines: readonly SourceLine[];
  private frames: Frame[] = [];
  private section: ConfigPath = [];
  private above: CommentReading | null = null;
  private state: Entry['hint'] = null;

  constructor(lines: readonly SourceLine[]) {
    this.lines = lines;
  }

  read(): Entry[] {
    let at = 0;
    while (at < this.lines.length) at = this.readLine(at);
    return this.entries;
  }

  private readLine(at: number): number {
    const { text, line } = this.lines[at] as SourceLine;
    const trimmed = text.trim();
    if (text.length > MAX_LINE) return at + 1;
    if (trimmed === '' || /^(?:---|\.\.\.)$/u.test(trimmed)) {
      if (trimmed === '') this.above = null;
      return at + 1;
    }
    if (/^(?:#|\/\/|--\s)/u.test(trimmed)) {
      this.readCommentLine(text, line);
      return at + 1;
    }
    const section = SECTION.exec(text);
    if (section && !/^\s*\[[\d.]/u.test(text)) {
      this.section = (section[1] as string).split('.').map((key) => key.trim().replaceAll('"', ''));
      this.frames = [];
      return at + 1;
    }
    if (/^[\]}),;]+$/u.test(trimmed)) {
      if (trimmed.startsWith('}')) this.frames = this.frames.filter((frame) => frame.indent < indentOf(text));
      return at + 1;
    }
    const typed = TYPED.exec(text);
    const match = typed ? null : KEY.exec(text.replace(/^(\s*)- (?=\w+:)/u, '$1  '));
    if (!match && !typed) return at + 1;
    const indent = indentOf(text);
    const key = typed ? (typed[2] as string) : (match?.[3] ?? match?.[4] ?? '').trim();
    const rest = typed ? (typed[3] as string) : (match?.[6] ?? '');
    const arrow = match?.[5] !== undefined && /→|->|=>/u.test(match[5]);
    while (this.frames.length > 0 && (this.frames.at(-1) as Frame).indent >= indent) this.frames.pop();
    const parent = this.frames.at(-1)?.path ?? this.section;
    const path = [...parent, ...splitKey(key)];
    const { value, comment } = splitComment(rest);
    const own = comment === '' ? null : readComment(comment);
    const noted = own ?? this.above;
    this.above = own === null ? this.above : null;
    if (own === null) this.above = null;
    const bare = value.trim().replace(/,\s*$/u, '');
    if (bare === '' || bare === '{' || /^&\S+$/u.test(bare)) return this.openBlock(at, indent, path, noted);
    if (/^[|>][+-]?\d?$/u.test(bare)) return this.skipDeeper(at, indent);
    if (/^[*!]/u.test(bare) || key === '<<') return at + 1;
    if (/^[[{]/u.test(bare) && bracketBalance(bare) > 0) return this.readOpenFlow(at, value, path, noted);
    const relation = arrow ? readCodeValue(`→ ${bare}`) : readCodeValue(bare.replace(/^&\S+\s+/u, ''));
    if (relation) this.add(path, relation, line, noted, comment);
    return at + 1;
  }

  private add(
    path: ConfigPath,
    relation: Entry['relation'],
    line: number,
    noted: CommentReading | null,
    comment: string,
  ): void {
    const result = entry(path, relation, line, noted);
    if (this.state !== null) result.hint ??= this.state;
    if (relation.kind === 'set' && relation.from === null && comment !== '') {
      const old =
        /(?:was|from|previously|old|before|war|avant|antes|原|元|vorher|baseline)[:\s]{1,3}`?([+\-\w.]+)`?|([+\-\w.]+)\s*(?:→|->|=>)/iu.exec(
          comment,
        );
      const from = old?.[1] ?? old?.[2];
      const literal = from === undefined ? null : readCodeValue(from);
      if (literal?.kind === 'set') result.relation = { ...relation, from: literal.to };
    }
    this.entries.push(result);
  }

  private readCommentLine(text: string, line: number): void {
    const state = STATE.exec(text)?.[1]?.toLowerCase();
    if (state !== undefined) {
      if (
        /^(?:before|current|currently|old|baseline|was|original|existing|vorher|avant|antes|修改前|当前|変更前)/u.test(
          state,
        )
      )
        this.state = 'current';
      else if (/^(?:option|alternative|variant|or)/u.test(state)) this.state = 'alternative';
      else this.state = null;
      this.above = null;
      return;
    }
    const inner = text.replace(/^\s*(?:#|\/\/)\s?/u, '');
    const commented = KEY.exec(inner);
    if (commented && /remov|delet|drop/iu.test(inner) && /#/u.test(inner)) {
      const key = (commented[3] ?? commented[4] ?? '').trim();
      const parent =
        this.frames.filter((frame) => frame.indent < indentOf(text)).at(-1)?.path ?? this.section;
      this.entries.push(
        entry([...parent, ...splitKey(key)], { kind: 'remove' }, line, {
          mark: 'removed',
          hint: null,
          text: null,
          statedRecommendation: null,
        }),
      );
      return;
    }
    this.above = readComment(text);
  }

  /** A key without a value on its line: a nested mapping, or a block sequence that is one value. */
  private openBlock(at: number, indent: number, path: ConfigPath, noted: CommentReading | null): number {
    let first = at + 1;
    while (first < this.lines.length && /^\s*(?:#|$)/u.test((this.lines[first] as SourceLine).text))
      first += 1;
    const next = this.lines[first];
    if (next && /^\s*-\s/u.test(next.text) && indentOf(next.text) >= indent) {
      const itemIndent = indentOf(next.text);
      let end = first;
      while (end < this.lines.length && end - first < MAX_BLOCK) {
        const candidate = this.lines[end] as SourceLine;
        const isInside =
          candidate.text.trim() === '' ||
          indentOf(candidate.text) > itemIndent ||
          (indentOf(candidate.text) === itemIndent && /^\s*-(?:\s|$)/u.test(candidate.text));
        if (!isInside) break;
        end += 1;
      }
      const block = this.lines.slice(first, end);
      const value = parseYamlValue(block.map((line) => line.text).join('\n'));
      const marks = block.map((line) => splitComment(line.text).comment).filter((comment) => comment !== '');
      const marked = noted ?? marks.map(readComment).find((comment) => comment.mark !== null) ?? null;
      if (value !== undefined)
        this.add(
          path,
          { kind: 'set', to: literalOf(value, ''), from: null },
          (this.lines[at] as SourceLine).line,
          marked,
          '',
        );
      return end;
    }
    this.frames.push({ indent, path });
    return at + 1;
  }

  private skipDeeper(at: number, indent: number): number {
    let end = at + 1;
    while (
      end < this.lines.length &&
      ((this.lines[end] as SourceLine).text.trim() === '' ||
        indentOf((this.lines[end] as SourceLine).text) > indent)
    )
      end += 1;
    return end;
  }

  private readOpenFlow(at: number, value: string, path: ConfigPath, noted: CommentReading | null): number {
    let text = value;
    let end = at + 1;
    while (end < this.lines.length && end - at < 60 && text.length < MAX_FLOW && bracketBalance(text) > 0) {
      text += `\n${(this.lines[end] as SourceLine).text}`;
      end += 1;
    }
    const parsed = parseYamlValue(text.replace(/,\s*$/u, ''));
    if (parsed === undefined || typeof parsed !== 'object') {
      this.frames.push({ indent: indentOf((this.lines[at] as SourceLine).text), path });
      return at + 1;
    }
    this.add(
      path,
      { kind: 'set', to: literalOf(parsed, text), from: null },
      (this.lines[at] as SourceLine).line,
      noted,
      '',
    );
    return end;
  }
}

export function readLineEntries(lines: readonly SourceLine[]): Entry[] {
  return new LineReader(lines).read();
}
