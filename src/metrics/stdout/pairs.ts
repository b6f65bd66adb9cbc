import { readDuration, isDurationName } from '../duration.ts';
import { readNumber } from '../number.ts';

/** A number in a line, with the words that could be its name. */
export interface Pair {
  /** Words right before the number, the nearest last. */
  words: string[];
  /** Text between the previous number and `words`: a phase may stand there (`val: loss 0.5`). */
  lead: string;
  value: number;
  /** How name and number are joined: `a: 1`, `a=1`, `a 1`. */
  join: ':' | '=' | ' ';
  /** Written with a fraction, an exponent, a percent sign, or as NaN: unlike a count. */
  isMeasure: boolean;
  /** A plain word or another number follows (`60000 samples`), so that the number may belong to that. */
  hasFollower: boolean;
  /** The running mean that meters print after the value: `Loss 6.94 (6.90)`. */
  mean: number | undefined;
  /** Nothing but the separator stands between the number and its name (`cuda:0`). */
  isTight: boolean;
  /** `a = 1`, not `a=1`. */
  isSpaced: boolean;
}

const NUMBER =
  /(?<![\w.])(?<![\w)]-)[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan\b|inf(?:inity)?\b)/gi;
const DURATION =
  /(?:\d+(?:\.\d+)?\s?(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|ms|us|µs|ns)\b\s*)+|(?:\d+ days?, )?(?:\d+:)?\d{1,2}:\d{2}(?:\.\d+)?/y;
const WRAPPER = /\b(?:(?:np|numpy|torch|tf|jnp)\.)?(?:tensor|array|float\d*|int\d*|Array|DeviceArray)\(\[?$/;
const WRAPPER_END = /\]?(?:,[^()]*(?:\([^()]*\))?[^()]*)?\)/y;
const AFTER = /\s*(%)?(?=$|[\s,;|)\]}'"]|\.(?:\s|$)|[+/]\d|±)/y;
const MEAN = /\s*\(\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf)\s*%?\s*\)/iy;
const RATIO = /\s*\/\s*(\d+)(?![\w.])(?:\s*\(\s*\d+(?:\.\d+)?\s*(%)\s*\))?/y;
const FOLLOWER =
  /\s*(?:[a-z]{2,}(?:\s+(?!(?:[\w@.%/-]+\s+){0,4}(?:[-+.\d]|nan|inf)|[\w@.%/ -]*[:=])|[.,]?$|[.,]\s)|\s[-+]?\d)/iy;
const BOUNDARY = /[,;|[\]{}<>\t:=]|\s[-–—•·*]+\s|\s{2,}|\.\s|->/g;

/** All numbers of a line that have a name before them. */
export function findPairs(line: string): Pair[] {
  const pairs: Pair[] = [];
  let from = 0;
  NUMBER.lastIndex = 0;
  for (let match = NUMBER.exec(line); match; match = NUMBER.exec(line)) {
    const found = pairAt(line, from, match.index, match[0]);
    if (!found) continue;
    if (found.pair) pairs.push(found.pair);
    from = found.end;
    NUMBER.lastIndex = Math.max(NUMBER.lastIndex, found.end);
  }
  return pairs;
}

function pairAt(
  line: string,
  from: number,
  start: number,
  digits: string,
): { pair: Pair | undefined; end: number } | undefined {
  let left = line.slice(from, start);
  let end = start + digits.length;
  const wrapper = left.endsWith('(') || left.endsWith('([') ? WRAPPER.exec(left) : null;
  if (wrapper) {
    left = left.slice(0, wrapper.index);
    WRAPPER_END.lastIndex = end;
    if (WRAPPER_END.test(line)) end = WRAPPER_END.lastIndex;
  }
  const name = nameBefore(left);
  // A duration swallows its digits even where it has no name, lest `1:20` be read as two numbers.
  DURATION.lastIndex = start;
  const duration = wrapper ? null : DURATION.exec(line);
  const isDuration =
    duration !== null &&
    duration[0].length > digits.length &&
    /^(?=$|[\s,;|)\]}./'"])/.test(line.slice(start + duration[0].length));
  if (isDuration) {
    end = start + duration[0].trimEnd().length;
    if (!name) return { pair: undefined, end };
    const value = isDurationName(name.words.join(' ')) ? readDuration(duration[0]) : undefined;
    return {
      pair:
        value === undefined
          ? undefined
          : {
              ...name,
              value,
              isMeasure: true,
              hasFollower: false,
              mean: undefined,
              isTight: false,
              isSpaced: false,
            },
      end,
    };
  }
  AFTER.lastIndex = end;
  const after = AFTER.exec(line);
  if (!after) return undefined;
  end = AFTER.lastIndex;
  let value = readNumber(digits);
  if (value === undefined) return undefined;
  // A number that stands alone parts what is around it; one within a word (`acc@1`) does not.
  if (!name) return /(?:^|\s)$/.test(left) ? { pair: undefined, end } : undefined;
  let isMeasure = after[1] !== undefined || !/^[-+]?[\d,]+$/.test(digits);
  const ratio = isMeasure ? undefined : exec(RATIO, line, end);
  if (ratio) {
    value = (value / Number(ratio[1])) * (ratio[2] === undefined ? 1 : 100);
    isMeasure = true;
    end = RATIO.lastIndex;
  }
  const mean = exec(MEAN, line, end);
  if (mean) end = MEAN.lastIndex;
  const hasFollower = exec(FOLLOWER, line, end) !== null && !mean;
  // `dice [0.8, 0.7]`: one value a class, none for the whole.
  if (/\[\s*$/.test(left) && !/^\s*\]/.test(line.slice(end))) return undefined;
  const isTight = /[:=]$/.test(left) && !wrapper;
  const isSpaced = /\s[:=]+\s*$/.test(left);
  return {
    pair: {
      ...name,
      value,
      isMeasure,
      hasFollower,
      mean: mean ? readNumber(mean[1] as string) : undefined,
      isTight,
      isSpaced,
    },
    end,
  };
}

/** The words before a number, and how they are joined to it. */
function nameBefore(left: string): { words: string[]; lead: string; join: Pair['join'] } | undefined {
  let text = left
    .replace(/["'[]+$/, '')
    .trimEnd()
    .replace(/(?:[-=]+>|→)$/, ':');
  const last = text.at(-1);
  let join: Pair['join'];
  if (last === ':' || last === '=') {
    join = last;
    text = text.replace(/\s*[:=]+$/, '');
  } else if (/^\s/.test(left.slice(text.length)) && /[\w)%@']$/.test(text)) join = ' ';
  else return undefined;
  let cut = 0;
  for (const boundary of text.matchAll(BOUNDARY)) cut = boundary.index + boundary[0].length;
  const name = text
    .slice(cut)
    .replaceAll(/(\w)'s\b/g, '$1')
    .replaceAll(/["'`]+/g, ' ')
    .trim();
  if (name === '') return undefined;
  return { words: name.split(/\s+/), lead: text.slice(0, cut), join };
}

function exec(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
