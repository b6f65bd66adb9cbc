import { phaseOf } from '../phase.ts';
import { fill, fillAll, type Span } from './span.ts';

/** Where in the training a line says that it stands. */
export interface Marker {
  epoch: Span | undefined;
  total: Span | undefined;
  step: Span | undefined;
  /** `[3/20]` at the beginning: an epoch, unless epochs are named otherwise. */
  count: { position: Span; length: Span } | undefined;
  /** `Train Epoch: 3`. */
  phase: string | undefined;
  /** The line with what was read filled. */
  rest: string;
  /** The line does nothing but announce the epoch: what follows belongs to it. */
  isHeading: boolean;
  /** `epoch: 3`, as settings are written too. */
  isKeyed: boolean;
  /** `Epoch 3 finished`: what came before belongs to it. */
  isTrailing: boolean;
}

const PHASE = '(?:(train|training|val|valid|validation|test|testing|eval|evaluation|dev)(?:ing)?[ _-]+)?';
/** `1500`, `1,500`. */
const WHOLE = String.raw`\d{1,3}(?:,\d{3})+(?!\d|,\d)|\d+`;
const COUNT = String.raw`\s*(?:\/|\bof\b|\bout of\b)\s*\[?\s*(${WHOLE})`;
const EPOCH = new RegExp(
  String.raw`(?<![\w./=-])\[?\s*${PHASE}(?:epochs?|ep|epoche|[ée]poque|[ée]poca|epoka)(?:(?![\w/])|(?=\d+(?![\w.])))\s*(?:\((train|val|test)\))?\s*[:=#]?\s*[[(]?\s*#?(${WHOLE}|\d+\.\d+)(?![\d.]*[\w%])\s*[\])]?(?:${COUNT}\s*[\])]?)?\s*\]?`,
  'diu',
);
const STEP = new RegExp(
  String.raw`(?<![\w./=-])\[?(?:global[ _-]?|train(?:ing)?[ _-]?)?(?:steps?|iters?|iterations?|updates?|rounds?|episodes?|generations?)(?![\w/])\s*(?:\((train|val|test)\))?\s*[:=#]?\s*[[(]?\s*#?(${WHOLE})(?![\d.]*[\w%])\s*[\])]?(?:${COUNT}\s*[\])]?)?\s*\]?`,
  'diu',
);
/** XGBoost and LightGBM: `[12]\ttrain-logloss:0.44`; CatBoost: `12:\tlearn: 0.44`. */
const LEADING_STEP = /^(?:\[(\d+)\]\s+(?=[A-Za-z])|(\d+):\t\s*(?=[a-z]))/d;
/** `[2,  4000] loss: 2.2`, `1|10|Loss: 0.5`: epoch and batch. */
const LEADING_BOTH = /^(?:\[\s*(\d+),\s*(\d+)\]|(\d+)\|(\d+)\|)\s*(?=[A-Za-z])/d;
/** timm: `Train: 3 [ 50/1251 (  4%)]  Loss: …`. */
const PHASE_COUNT = /^(train|val(?:id(?:ation)?)?|test|eval)\w*:\s*(\d+)\s+(?=\[)/di;
/** Swin: `Train: [3/300][0/1251]`. */
const PHASE_COUNTS = /^(train|val(?:id(?:ation)?)?|test|eval)\w*:\s*\[(\d+)\/(\d+)\]\[\d+\/\d+\]/di;
/** ESPnet: `3epoch results: …`; `3rd epoch`. */
const ORDINAL = /^(\d+)(?:st|nd|rd|th)?\s?epoch\b/di;
const LEADING_COUNT = /^\[?\s*(\d+)\s*\/\s*(\d+)(?:\s*\]\s*(?=\s\d+ [a-z])|\s*\]?\s*(?=[:|,[-]|\s[A-Za-z]))/d;
/** Where the loop stands within the epoch: `[640/60000 (1%)]`, `Batch 10/500`, `[ 10/5005]`. */
const POSITION =
  /\[\s*\d+\s*\/\s*\d+[^\]]{0,20}\]|(?<![\w.])(?:batch(?:es)?|it)\s*[:=#]?\s*\[?\s*\d+(?:\s*(?:\/|of)\s*\d+)?\s*\]?|(?<![\w./]|[:=]\s*)\d+\s*\/\s*\d+(?![\w.%])(?=\s*(?:$|[[|(,]|\s[A-Za-z]))/gi;
const PLANNED =
  /\b(?:(?:num|n|max|total|number of)[ _-]?(?:train[ _-]?)?epochs?|epochs)\s*[:=]?\s*(\d+)\b(?!\s*\/)|\bfor (?:up to )?(\d+) epochs\b/di;
/** `[Eval][Epoch 3]…`. */
const TAG = /\[\s*(train(?:ing)?|val(?:id(?:ation)?)?|eval(?:uation)?|test(?:ing)?|dev)\s*\]/i;
/** `Test: [ 1/66]  eta: 0:00:10  loss: 5.9`: what the line is about. */
const HEAD = /^\W{0,3}(train(?:ing)?|val(?:id(?:ation)?)?|eval(?:uation)?|test(?:ing)?)\s*:\s/i;
/** What TensorFlow's estimators print after an evaluation, with the step of the training. */
const ESTIMATOR = /^Saving dict for global step\b/;
/** `[batch=100/600]:` on a line of its own, as Composer heads its metrics. */
const HEADING_STEP = /^\[(?:batch|step|iter(?:ation)?)=(\d+)(?:\/\d+)?\]:?\s*$/di;
/** `Starting epoch 3`: announces it as a bare `Epoch 3` does. */
const BEGINNING = /^\W*(?:start(?:ing)?(?: of)?|begin(?:ning)?(?: of)?|running|train(?:ing)?)\W*$/i;
/** Megatron: ` validation loss at iteration 100 | lm loss value: …`. */
const REPORTED = /^\W*([a-z]+)\s+(?:loss|results?|metrics)\s+(?:at|for|after)\s*$/i;
const ASIDE =
  /\b(?:best|from|since|resum\w*|restor\w*|until|every|warm-?up|next|last|previous|prev|patience)\b[\s\w:]{0,24}$/i;

export function readMarker(line: string): Marker {
  const marker: Marker = {
    epoch: undefined,
    total: undefined,
    step: undefined,
    count: undefined,
    phase: undefined,
    rest: line,
    isHeading: false,
    isKeyed: false,
    isTrailing: false,
  };
  if (/ep|[ée]po/i.test(line)) readEpoch(marker);
  if (/step|iter|update|round|episode|generation/i.test(line)) readStep(marker);
  if (!marker.epoch && !marker.step) readLeading(marker);
  if (line.startsWith('Saving dict')) marker.phase ??= ESTIMATOR.test(line) ? 'eval' : undefined;
  if (line.includes('[')) marker.phase ??= phaseOf(TAG.exec(line)?.[1] ?? '');
  if (line.includes(':')) marker.phase ??= phaseOf(HEAD.exec(line)?.[1] ?? '');
  if (marker.rest.includes('/') || /batch|\bit\b/i.test(marker.rest))
    marker.rest = fillAll(marker.rest, POSITION);
  return marker;
}

function readEpoch(marker: Marker): void {
  const line = marker.rest;
  const planned =
    /epochs/i.test(line) || /\b(?:num|max|total|n)[ _-]/i.test(line) ? PLANNED.exec(line) : null;
  const match = EPOCH.exec(line);
  // `epochs: 20` is a setting; `Epochs: 3/20` is not.
  const isPlan = match !== null && match[4] === undefined && /epochs/i.test(match[0]);
  if (planned && (!match || isPlan)) marker.total = group(planned, 1, 2);
  if (!match || isPlan) {
    if (planned) marker.rest = fill(line, planned.index, planned.index + planned[0].length);
    return;
  }
  const end = match.index + match[0].length;
  const before = line.slice(0, match.index);
  const after = line.slice(end);
  // `accuracy after epoch 3: 83.1 %`: the name goes on to its number.
  const isWithinName = /[a-z]\W{0,2}$/i.test(before) && /^\W?\s*(?::|=|is)\s*[-+.\d]/i.test(after);
  const name = before.replace(/[[(]\s*$/, (bracket) => '~'.repeat(bracket.length));
  marker.rest = isWithinName ? name + '~'.repeat(end - match.index) + after : fill(line, match.index, end);
  if (ASIDE.test(before)) return;
  marker.epoch = group(match, 3);
  marker.total = group(match, 4);
  marker.phase = phaseOf(match[1] ?? match[2] ?? '');
  const isFirst = !/[A-Za-z\d]/.test(before) || BEGINNING.test(before);
  const alone = fillAll(after, POSITION);
  const isBare = !/\d/.test(alone) && after.trim().split(/\s+/).length <= 3;
  marker.isHeading = isFirst && (isBare || match[4] !== undefined);
  marker.isKeyed =
    /^[^\d]*[:=]\s*\d+$/.test(match[0]) && match[4] === undefined && marker.phase === undefined;
  marker.isTrailing =
    /\b(?:finished|completed?|done|ended)\b/i.test(after) || /\bend of\s*\W*$/i.test(before);
}

function readStep(marker: Marker): void {
  const match = STEP.exec(marker.rest);
  if (!match) return;
  const before = marker.rest.slice(0, match.index);
  marker.rest = fill(marker.rest, match.index, match.index + match[0].length);
  marker.phase ??= phaseOf(match[1] ?? REPORTED.exec(before)?.[1] ?? '');
  // MMEngine counts the batches of an evaluation: it belongs to the step of the training before.
  if (!ASIDE.test(before) && !/^(?:val|test)$/i.test(match[1] ?? '')) marker.step = group(match, 2);
}

function readLeading(marker: Marker): void {
  const heading = HEADING_STEP.exec(marker.rest);
  if (heading) {
    marker.step = group(heading, 1);
    marker.isHeading = true;
    marker.rest = fill(marker.rest, 0, marker.rest.length);
    return;
  }
  const counted = PHASE_COUNTS.exec(marker.rest);
  const ordinal = ORDINAL.exec(marker.rest);
  const phased = PHASE_COUNT.exec(marker.rest);
  const both = LEADING_BOTH.exec(marker.rest);
  const single = LEADING_STEP.exec(marker.rest);
  const count = LEADING_COUNT.exec(marker.rest);
  if (counted) {
    marker.epoch = group(counted, 2);
    marker.total = group(counted, 3);
    marker.phase = phaseOf(counted[1] as string);
  } else if (ordinal) marker.epoch = group(ordinal, 1);
  else if (phased) {
    marker.epoch = group(phased, 2);
    marker.phase = phaseOf(phased[1] as string);
  } else if (both) {
    marker.epoch = group(both, 1, 3);
    marker.step = group(both, 2, 4);
  } else if (single) marker.step = group(single, 1, 2);
  else if (count) {
    const [position, length] = [group(count, 1), group(count, 2)];
    if (position && length) marker.count = { position, length };
  }
  const found = counted ?? ordinal ?? phased ?? both ?? single ?? count;
  if (found) marker.rest = fill(marker.rest, 0, found[0].length);
}

/** Where the first of these groups that took part in a match stands. */
function group(match: RegExpExecArray, ...groups: number[]): Span | undefined {
  for (const index of groups) {
    const at = match.indices?.[index];
    if (at) return { start: at[0], end: at[1] };
  }
  return undefined;
}
