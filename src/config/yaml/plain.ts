/**
 * What a plain (unquoted) scalar means. YAML 1.1 (PyYAML, which most trainers use) and YAML 1.2 disagree on some
 * spellings: `1e-4`, `no`, `014`, `12:30`. Sources: PyYAML 6 `resolver.py`; YAML 1.2.2, section 10.3.2.
 */

type Scalar = null | boolean | number | string;

const NULL = /^(?:~|null|Null|NULL|)$/;

const INT_11 =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT_11 =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

const INT_12 = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT_12 = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

const TRUE_11 = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE_11 = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;

const TIMESTAMP =
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?$/;

/** As PyYAML reads it; dates stay strings. */
export function readPlain11(text: string): Scalar {
  if (NULL.test(text)) return null;
  if (TRUE_11.test(text)) return true;
  if (FALSE_11.test(text)) return false;
  if (INFINITE.test(text) || NOT_A_NUMBER.test(text)) return special(text);
  if (!INT_11.test(text) && !FLOAT_11.test(text)) return text;
  const value = number11(text);
  return Number.isNaN(value) ? text : value;
}

/** As YAML 1.2's core schema reads it. */
export function readPlain12(text: string): Scalar {
  if (NULL.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (INFINITE.test(text) || NOT_A_NUMBER.test(text)) return special(text);
  return INT_12.test(text) || FLOAT_12.test(text) ? Number(text) : text;
}

/**
 * What the person who wrote it means: a number or a truth value where either version sees one (`1e-4`, `yes`, `1_000`),
 * and what PyYAML sees where the two see different numbers (`014`).
 */
export function readPlain(text: string): Scalar {
  const old = readPlain11(text);
  return typeof old === 'string' ? readPlain12(text) : old;
}

/** Why the two versions disagree on `text`, or undefined where they agree. */
export function disagreement(text: string): string | undefined {
  const old = readPlain11(text);
  const now = readPlain12(text);
  if (Object.is(old, now) || (Number.isNaN(old) && Number.isNaN(now))) return undefined;
  return `PyYAML (YAML 1.1) reads ${text} as ${named(old)}, YAML 1.2 as ${named(now)}`;
}

/** Strings that some reader takes for something else when they stand without quotes. */
export function isAmbiguousWord(text: string): boolean {
  if (typeof readPlain11(text) !== 'string' || typeof readPlain12(text) !== 'string') return true;
  return (
    TIMESTAMP.test(text) || /^(?:[yYnN]|=|<<)$/.test(text) || /^[-+.]?[\d.][\d_.,:eExXoObB+-]*$/.test(text)
  );
}

function named(value: Scalar): string {
  return typeof value === 'string' ? `the string ${JSON.stringify(value)}` : String(value);
}

function special(text: string): number {
  if (NOT_A_NUMBER.test(text)) return Number.NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}

/** Numbers in YAML 1.1 spelling: underscores, `0b`, leading-zero octals, base 60. */
function number11(text: string): number {
  const digits = text.replaceAll('_', '').toLowerCase();
  const sign = digits.startsWith('-') ? -1 : 1;
  const size = digits.replace(/^[-+]/, '');
  if (size.includes(':')) return sign * size.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  if (/^0[0-7]+$/.test(size)) return sign * Number.parseInt(size, 8);
  return sign * Number(size);
}
