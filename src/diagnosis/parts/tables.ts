import type { Leaf } from '../text/inline.ts';
import { tokenize } from '../text/tokens.ts';
import { columnOf, type Column } from '../words/columns.ts';
import { normalizeName } from '../words/concepts.ts';
import { isMetricName } from '../words/metrics.ts';
import type { Grid } from '../outline/node.ts';
import { PLACEHOLDER } from '../fences/value.ts';
import type { Claim, Relation, Stance } from '../claims/claim.ts';
import type { ReadContext, Subject } from '../claims/context.ts';
import { parseLiteral } from '../claims/literal.ts';
import { readSentence } from '../sentence/claims.ts';
import {
  ABSENT_CELL,
  KEEP_CELL,
  literalIn,
  relationIn,
  stanceOfCell,
  subjectKnown,
  subjectOf,
} from './cells.ts';
import { readAdvice } from './statement.ts';

/** Reads the rows of a table as claims. */
export class TableReader {
  private readonly grid: Grid;
  private readonly context: ReadContext;
  private readonly columns: readonly (Column | null)[];

  constructor(grid: Grid, context: ReadContext) {
    this.grid = grid;
    this.context = context;
    this.columns = grid.header.map((leaf) => columnOf(leaf.text));
  }

  private column(name: Column): number {
    return this.columns.indexOf(name);
  }

  /** Claims of one row, or of all rows. */
  read(row: number | null): Claim[] {
    if (this.isTransposed()) return row === null || row === 0 ? this.readTransposed() : [];
    const has = (name: Column): boolean => this.column(name) >= 0;
    if ((has('run') || has('metric')) && !has('proposed') && !has('change') && !has('recommendation'))
      return [];
    if (!has('proposed') && !has('change') && !has('recommendation') && !has('range') && !has('option'))
      return this.readUntitled(row);
    const rows = row === null ? this.grid.rows : this.grid.rows.slice(row, row + 1);
    return rows.flatMap((item) => this.readRow(item.cells, item.line));
  }

  /** Two columns whose header is a pair itself, or a table without a header worth the name. */
  private readUntitled(row: number | null): Claim[] {
    if (this.grid.header.length !== 2 || (this.columns[0] !== 'parameter' && this.columns[0] !== null))
      return [];
    if (this.columns[1] !== null) return [];
    const header = this.grid.header[1]?.text ?? '';
    if (!/value|setting|config|→|->|suggest|recommend/iu.test(header)) return [];
    const rows = row === null ? this.grid.rows : this.grid.rows.slice(row, row + 1);
    return rows.flatMap((item) => {
      const [key, value] = item.cells;
      const subject = key ? subjectOf(key, this.context) : null;
      return subject && value ? this.claimFor(subject, value, null, item.line, this.context.stance) : [];
    });
  }

  private isTransposed(): boolean {
    if (this.column('proposed') >= 0 || this.column('change') >= 0) return false;
    const first = this.grid.rows.map((row) => columnOf(row.cells[0]?.text ?? ''));
    return first.includes('proposed') && first.includes('current');
  }

  private readTransposed(): Claim[] {
    const first = this.grid.rows.map((row) => columnOf(row.cells[0]?.text ?? ''));
    const proposed = this.grid.rows[first.indexOf('proposed')];
    const current = this.grid.rows[first.indexOf('current')];
    if (!proposed) return [];
    return this.grid.header.slice(1).flatMap((leaf, index) => {
      const subject = subjectOf(leaf, this.context);
      const cell = proposed.cells[index + 1];
      return subject && cell
        ? this.claimFor(subject, cell, current?.cells[index + 1] ?? null, proposed.line, this.context.stance)
        : [];
    });
  }

  private readRow(cells: readonly Leaf[], line: number): Claim[] {
    const cell = (name: Column): Leaf | null => {
      const at = this.column(name);
      return at < 0 ? null : (cells[at] ?? null);
    };
    const status = cell('keep-or-status');
    const reason = cell('reason');
    const isKept =
      reason !== null &&
      /^\W*(?:no changes?(?: required| needed)?|unchanged|keep(?: as is)?|leave(?: as is)?|fine as is|unverändert|inchangé|sin cambios|保持不变|保持|不变|変更なし|維持)(?!\p{L})/iu.test(
        reason.text,
      );
    const stance =
      this.context.stance === 'assert'
        ? ((status && stanceOfCell(status.text)) ?? (isKept ? 'keep' : 'assert'))
        : this.context.stance;
    const key = cell('parameter') ?? this.pairedKey(cells) ?? this.keyCell(cells);
    const subject = key ? subjectOf(key, this.context) : null;
    if (key && isMetricName(normalizeName(key.text.trim()))) return [];
    const proposed = cell('proposed');
    // `Value` beside `Recommended` is the current one.
    const current = cell('current') ?? (proposed ? cell('change') : null);
    const change =
      this.pairedKey(cells) && !cell('parameter')
        ? (cells[this.columns.lastIndexOf('change')] ?? null)
        : cell('change');
    const options = cells.filter((_, at) => this.columns[at] === 'option');
    if (subject && proposed && this.columns.filter((column) => column === 'proposed').length > 1) {
      const values = cells
        .filter((_, at) => this.columns[at] === 'proposed')
        .map((leaf) => parseLiteral(leaf.text.trim()));
      const known = values.filter((value) => value !== undefined);
      return known.length > 1 ? [this.make(subject, { kind: 'choices', values: known }, line, stance)] : [];
    }
    if (subject && proposed) return this.claimFor(subject, proposed, current, line, stance);
    if (subject && options.length > 1)
      return [this.make(subject, { kind: 'choices', values: [] }, line, 'alternative')];
    const context: ReadContext = {
      ...this.context,
      stance,
      source: 'table',
      isAdvice: true,
      context: [...cells.map((part) => part.text), ...this.context.context],
    };
    const texts = [change, cell('recommendation'), cell('details')].filter(
      (leaf): leaf is Leaf => leaf !== null,
    );
    const claims = texts.flatMap((leaf) => readAdvice(leaf, context, true));
    const isOwn = change !== null && !cell('parameter') && !this.pairedKey(cells);
    if (isOwn && claims.some((claim) => claim.relation.kind !== 'none')) return claims;
    if (subject && change && change !== key) {
      const paired = this.claimFor(subject, change, cell('current'), line, stance);
      if (paired.length > 0) return paired;
    }
    if (claims.some((claim) => claim.relation.kind !== 'none')) return claims;
    const range = cell('range');
    if (subject && range) return this.claimFor(subject, range, null, line, stance);
    if (subject && claims.length === 0 && (proposed ?? change) !== null)
      return [this.make(subject, { kind: 'none', verb: null }, line, stance)];
    return claims;
  }

  /** `| Change | Value |`: the first of two such columns names the setting. */
  private pairedKey(cells: readonly Leaf[]): Leaf | null {
    const first = this.column('change');
    const isPair = first >= 0 && this.columns.lastIndexOf('change') > first;
    return isPair && subjectKnown(cells[first], this.context) ? (cells[first] ?? null) : null;
  }

  /** Where no header names the parameter column: the first column before the values that holds names. */
  private keyCell(cells: readonly Leaf[]): Leaf | null {
    const at = this.columns.findIndex(
      (column, index) =>
        (column === null || column === 'reason' || column === 'recommendation') &&
        subjectKnown(cells[index], this.context),
    );
    return at >= 0 && (this.column('proposed') >= 0 || this.column('change') >= 0)
      ? (cells[at] ?? null)
      : null;
  }

  private claimFor(
    subject: Subject,
    value: Leaf,
    current: Leaf | null,
    line: number,
    stance: Stance,
  ): Claim[] {
    const text = value.text.trim();
    const before =
      current === null ? null : ABSENT_CELL.test(current.text.trim()) ? null : literalIn(current);
    const isPairedDash = /^[-–—]$/u.test(text) && current === null;
    if (text === '' || isPairedDash) return [];
    if (
      KEEP_CELL.test(text) ||
      /[(,;–—-]\s*(?:unchanged|no change|keep|same|as is|unverändert|inchangé|sin cambios|不变|変更なし)\s*\)?$/iu.test(
        text,
      )
    )
      return [this.make(subject, { kind: 'keep' }, line, stance === 'assert' ? 'keep' : stance)];
    if (
      /^(?:remove|delete|drop|entfernen|supprimer|eliminar|удалить|删除|移除|削除|제거)(?:d|n)?$/iu.test(text)
    )
      return [this.make(subject, { kind: 'remove' }, line, stance)];
    if (PLACEHOLDER.test(text)) return [this.make(subject, { kind: 'none', verb: null }, line, stance)];
    const tokens = tokenize(value.text, value.code);
    const relation = relationIn(value);
    if (relation) {
      const full: Relation =
        relation.kind === 'set' && relation.from === null && before
          ? { ...relation, from: before }
          : relation;
      return [this.make(subject, full, line, stance)];
    }
    const claims = readSentence(
      { tokens, leaf: value, line, isQuestion: false },
      tokens,
      { ...this.context, stance, subject: () => subject, source: 'table', isAdvice: true, label: 'proposed' },
      true,
    );
    return claims.length > 0 ? claims : [this.make(subject, { kind: 'none', verb: null }, line, stance)];
  }

  private make(subject: Subject, relation: Relation, line: number, stance: Stance): Claim {
    return {
      name: subject.name,
      path: null,
      isExplicit: subject.isExplicit,
      isWeak: subject.isWeak,
      relation,
      stance,
      source: this.context.source === 'preview' ? 'preview' : 'table',
      line,
      unit: this.context.unit,
      context: this.context.context,
      place: this.context.place,
      mark: null,
      statedRecommendation: null,
      comment: null,
      isChoice: false,
    };
  }
}
