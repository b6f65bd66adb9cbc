import type { ConfigPath } from '../../config/path.ts';
import type { Relation } from '../claims/claim.ts';

/** One setting that a code block states. */
export interface Entry {
  /** Keys as far as the block gives them. */
  path: ConfigPath;
  relation: Relation;
  line: number;
  mark: 'new' | 'changed' | 'removed' | null;
  /** Text of the comment beside or above it. */
  comment: string | null;
  statedRecommendation: number | null;
  /** What the comment or the block says of it: unchanged, optional, what held before. */
  hint: 'keep' | 'alternative' | 'current' | 'done' | null;
  /** Function whose argument it is, in program text. */
  call: string | null;
}

export interface CommentReading {
  mark: Entry['mark'];
  hint: Entry['hint'];
  text: string | null;
  statedRecommendation: number | null;
}

const RECOMMENDATION =
  /(?:\brec(?:ommendation|\.)?s?|\br|\bfix|\baction|\bitem|empfehlung|recommandation|recomendación|建议|推荐|推奨|#)\s*#?\s*(\d{1,2})\b/iu;

/** What a comment says: `NEW: …`, `CHANGED: from 0.1`, `was 0.1`, `unchanged`, `(recommendation 2)`. */
export function readComment(comment: string): CommentReading {
  const text = comment.replace(/^[\s#/;*<>!-]+/u, '').trim();
  if (text === '') return { mark: null, hint: null, text: null, statedRecommendation: null };
  const stated = RECOMMENDATION.exec(text)?.[1];
  const reading: CommentReading = {
    mark: null,
    hint: null,
    text:
      text.replace(/^(?:new|changed|added|modified|updated|removed)\b\s*[:–—,-]?\s*/iu, '').slice(0, 200) ||
      null,
    statedRecommendation: stated === undefined ? null : Number(stated),
  };
  if (
    /\b(?:unchanged|keep|kept|same|not changed|no change|as before|as is|stays|baseline value)\b|unverändert|bleibt|beibehalten|inchangé|sin cambios|不变|保持|変更なし|維持/iu.test(
      text,
    ) &&
    !/\bnot? (?:the )?same\b/iu.test(text)
  )
    reading.hint = 'keep';
  else if (/\b(?:already|done)\b|bereits|déjà|已/iu.test(text)) reading.hint = 'done';
  else if (
    /^(?:optional|maybe|try|alternatively|or\b|later|if needed)|\b(?:optional|alternatively|if needed|next iteration)\b/iu.test(
      text,
    ) &&
    !/^(?:new|changed)\b/iu.test(text)
  )
    reading.hint = 'alternative';
  if (
    /^(?:\W{0,4})(?:removed?|deleted?|dropp?(?:ed)?|entfernt|gelöscht|supprimé|eliminado|删除|移除|削除)\b|^(?:删除|移除|削除)/iu.test(
      text,
    )
  )
    reading.mark = 'removed';
  else if (
    /^\W{0,4}(?:new|added|add|neu|nouveau|ajouté|nuevo|añadido|новое|добавлено)\b|^\W{0,4}(?:新增|新规|追加|新規|추가)/iu.test(
      text,
    )
  )
    reading.mark = 'new';
  else if (
    /^\W{0,4}(?:changed?|modified|updated?|increased|decreased|reduced|raised|lowered|was|previously|from|enabled|disabled|old|before|up from|down from|bumped|halved|doubled|tripled|quadrupled|instead of|replaces|geändert|vorher|war|erhöht|reduziert|modifié|augmenté|réduit|avant|cambiado|modificado|antes|era|изменено|было)\b|^\W{0,4}(?:修改|变更|原|由|从|変更|元|변경)|(?:→|->|=>)|[(]was\b|\bwas\s|\bfrom \d/iu.test(
      text,
    )
  )
    reading.mark = 'changed';
  if (reading.mark !== null && reading.hint === 'alternative') reading.hint = null;
  return reading;
}

export function entry(
  path: ConfigPath,
  relation: Relation,
  line: number,
  comment: CommentReading | null,
  traits: Partial<Entry> = {},
): Entry {
  return {
    path,
    relation,
    line,
    mark: comment?.mark ?? null,
    comment: comment?.text ?? null,
    statedRecommendation: comment?.statedRecommendation ?? null,
    hint: comment?.hint ?? null,
    call: null,
    ...traits,
  };
}
