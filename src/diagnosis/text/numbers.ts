/** A number as it stands in a text, with what the writing says about it. */
export interface NumberReading {
  /** Offset after the number and its suffix. */
  end: number;
  value: number;
  /** Written with a percent sign; `value` is as written (40 for 40 %). */
  isPercent: boolean;
  /** Written as a multiple: `10×`, `10x`, `2-fold`. */
  isMultiple: boolean;
  /** An explicit sign (`+3`), which marks a difference rather than a setting. */
  sign: '+' | '-' | null;
  /** Followed by a unit such as `epochs` without a space. */
  unit: string | null;
}

const CORE = /[+-]?(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d+)(?:[eE][+\-–]?\d{1,3}(?![\d.]*[a-zA-Z]))?/uy;
const THOUSANDS = /(?:,\d{3})+(?![\d,])(?:\.\d+)?/uy;
const DECIMAL_COMMA = /,\d+(?:[eE][+\-–]?\d{1,3})?(?![\d]*[,.]\d)/uy;
const POWER_OF_TEN = /\s?[×x·*]\s?10\s?(?:\^|\*\*)\s?\(?([+-]?\d{1,3})\)?/uy;
const POWER = /(?:\^|\*\*)\s?\(?([+-]?\d{1,3})\)?/uy;
const SUFFIX =
  /\s?%|\s(?:percent|prozent|pour ?cent|por ?ciento|per cent)(?!\p{L})|[×xX](?![\p{L}\p{N}])|-?fold(?!\p{L})|-?fach(?:e[nrms]?)?(?!\p{L})|倍|[kK](?![\p{L}\p{N}])|M(?![\p{L}\p{N}])/iuy;
const GLUED = /(?:\.\d|[×xX_:]\d|[\p{Script=Latin}_])[\p{L}\p{N}_.:×]*/uy;
const UNIT = /(?:epochs?|ep|eps|steps?|iters?|iterations?|rounds?|trees?)(?!\p{L})/iuy;

const HYPHENATED = /-\p{Script=Latin}{2,}/uy;
const AMOUNT =
  /-(?:epochs?|steps?|layers?|folds?|way|shot|bits?|points?|heads?|dim(?:ensional)?|stages?|class(?:es)?|hours?|days?|gpus?|iterations?|percent|times|seeds?|runs?|trees?|units?|px|pixels?|degrees?|minutes?|weeks?)(?!\p{L})/iuy;

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Avoids 0.010000000000000002: twelve significant digits are more than any setting has. */
export function roundSanely(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value;
}

function readBase(text: string, at: number): { value: number; end: number } | null {
  const core = take(CORE, text, at);
  if (!core) return null;
  let digits = core[0].replaceAll('_', '').replace('–', '-');
  let end = at + core[0].length;
  if (/^[+-]?\d{1,3}$/u.test(digits) && text.charAt(end) === ',') {
    const isZero = /^[+-]?0$/u.test(digits);
    const thousands = isZero ? null : take(THOUSANDS, text, end);
    const decimal = thousands ? null : take(DECIMAL_COMMA, text, end);
    const isDecimal = decimal !== null && (isZero || /^\s?[%×]/u.test(text.slice(end + decimal[0].length)));
    if (thousands) {
      digits += thousands[0].replaceAll(',', '');
      end += thousands[0].length;
    } else if (isDecimal) {
      digits += decimal[0].replace(',', '.').replace('–', '-');
      end += decimal[0].length;
    } else if (/\d/u.test(text.charAt(end + 1))) return null; // `1,5`: a decimal comma or a list, nobody knows
  }
  let value = Number(digits);
  const ten = take(POWER_OF_TEN, text, end);
  if (ten) {
    value = Number(`${digits}e${ten[1]}`);
    end += ten[0].length;
  } else {
    const power = take(POWER, text, end);
    if (power) {
      value = value === 10 ? Number(`1e${power[1]}`) : roundSanely(value ** Number(power[1]));
      end += power[0].length;
    }
  }
  return Number.isFinite(value) ? { value, end } : null;
}

/**
 * Reads the number at `at`; null where what stands there is no plain number (`224x224`, `v1.2`, `3D`, `10:30`).
 * The caller makes sure that no digit or letter stands right before `at`.
 */
export function readNumber(text: string, at: number): NumberReading | null {
  const base = readBase(text, at);
  if (!base) return null;
  const first = text.charAt(at);
  const reading: NumberReading = {
    end: base.end,
    value: base.value,
    isPercent: false,
    isMultiple: false,
    sign: first === '+' || first === '-' ? first : null,
    unit: null,
  };
  const suffix = take(SUFFIX, text, base.end)?.[0];
  if (suffix !== undefined) {
    reading.end += suffix.length;
    if (/[kK]$/u.test(suffix) && suffix.length === 1) reading.value = roundSanely(reading.value * 1000);
    else if (suffix === 'M') reading.value = roundSanely(reading.value * 1e6);
    else if (suffix === 'm') return null;
    else if (/[×x倍]|fold|fach/iu.test(suffix)) reading.isMultiple = true;
    else reading.isPercent = true;
    return reading;
  }
  const unit = take(UNIT, text, base.end);
  if (unit) return { ...reading, end: base.end + unit[0].length, unit: unit[0].toLowerCase() };
  // `16-mixed` is a name; `5-epoch` is an amount.
  if (take(HYPHENATED, text, base.end) && !take(AMOUNT, text, base.end)) return null;
  return take(GLUED, text, base.end) ? null : reading;
}

/** Where a numeral that is no plain number ends, so that it is skipped whole. */
export function skipNumeral(text: string, at: number): number {
  const run = take(/[+-]?[\p{N}\p{Script=Latin}_.,:×/-]*[\p{N}\p{Script=Latin}]/uy, text, at);
  return at + Math.max(1, run?.[0].length ?? 1);
}
