import { phaseOf } from '../phase.ts';

/** Where in the training a line says that it stands. */
export interface Marker {
  epoch: number | undefined;
  total: number | undefined;
  step: number | undefined;
  /** `[3/20]` at the beginning: an epoch, unless epochs are named otherwise. */
  count: { position: number; length: number } | undefined;
  /** `Train Epoch: 3`. */
  phase: string | undefined;
  /** The line without what was read; bars stand where it stood. */
  rest: string;
  /** The line does nothing but announce the epoch: what follows belongs to it. */
  isHeading: boolean;
  /** `Epoch 3 finished`: what came before belongs to it. */
  isTrailing: boolean;
}

const PHASE = '(?:(train|training|val|valid|validation|test|testing|eval|evaluation|dev)(?:ing)?[ _-]+)?';
const COUNT = String.raw`\s*(?:\/|\bof\b|\bout of\b)\s*\[?\s*(\d+)`;
const EPOCH = new RegExp(
  String.raw`(?<![\w./=-])\[?\s*${PHASE}(?:epochs?|ep|epoche|[ée]poque|[ée]poca|epoka)(?![\w/])\s*(?:\((train|val|test)\))?\s*[:=#]?\s*[[(]?\s*#?(\d+(?:\.\d+)?)(?![\d.]*[\w%])\s*[\])]?(?:${COUNT}\s*[\])]?)?\s*\]?`,
  'iu',
);
const STEP = new RegExp(
  String.raw`(?<![\w./=-])\[?(?:global[ _-]?|train(?:ing)?[ _-]?)?(?:steps?|iters?|iterations?|updates?|rounds?)(?![\w/])\s*[:=#]?\s*[[(]?\s*#?(\d+)(?![\d.]*[\w%])\s*[\])]?(?:${COUNT}\s*[\])]?)?\s*\]?`,
  'iu',
);
/** XGBoost and LightGBM: `[12]\ttrain-logloss:0.44`; CatBoost: `12:\tlearn: 0.44`. */
const LEADING_STEP = /^(?:\[(\d+)\]\s+(?=[A-Za-z])|(\d+):\t\s*(?=[a-z]))/;
/** `[2,  4000] loss: 2.2`, `1|10|Loss: 0.5`: epoch and batch. */
const LEADING_BOTH = /^(?:\[\s*(\d+),\s*(\d+)\]|(\d+)\|(\d+)\|)\s*(?=[A-Za-z])/;
const LEADING_COUNT = /^\[?\s*(\d+)\s*\/\s*(\d+)\s*\]?\s*(?=[:|,-]|\s[A-Za-z])/;
/** Where the loop stands within the epoch: `[640/60000 (1%)]`, `Batch 10/500`, `[ 10/5005]`. */
const POSITION =
  /\[\s*\d+\s*\/\s*\d+[^\]]{0,20}\]|(?<![\w.])(?:batch(?:es)?|it)\s*[:=#]?\s*\[?\s*\d+(?:\s*(?:\/|of)\s*\d+)?\s*\]?|(?<![\w./]|[:=]\s*)\d+\s*\/\s*\d+(?![\w.%])(?=\s*(?:$|[[|(,]|\s[A-Za-z]))/gi;
const PLANNED =
  /\b(?:(?:num|n|max|total|number of)[ _-]?(?:train[ _-]?)?epochs?|epochs)\s*[:=]?\s*(\d+)\b(?!\s*\/)|\bfor (?:up to )?(\d+) epochs\b/i;
const ASIDE =
  /\b(?:best|from|since|resum\w*|restor\w*|until|after|every|warm-?up|next|last|previous|prev|patience)\b[\s\w:]{0,24}$/i;

export function readMarker(line: string): Marker {
  const marker: Marker = {
    epoch: undefined,
    total: undefined,
    step: undefined,
    count: undefined,
    phase: undefined,
    rest: line,
    isHeading: false,
    isTrailing: false,
  };
  if (/epoch|epoque|époque|[ée]poca|epoka|\bep\b/i.test(line)) readEpoch(marker);
  if (/step|iter|update|round/i.test(line)) readStep(marker);
  if (marker.epoch === undefined && marker.step === undefined) readLeadingStep(marker);
  if (marker.rest.includes('/') || /batch|\bit\b/i.test(marker.rest))
    marker.rest = marker.rest.replaceAll(POSITION, ' | ');
  return marker;
}

function readEpoch(marker: Marker): void {
  const planned = PLANNED.exec(marker.rest);
  const match = EPOCH.exec(marker.rest);
  // `epochs: 20` is a setting; `Epochs: 3/20` is not.
  const isPlan = match && match[4] === undefined && /epochs/i.test(match[0]);
  if (planned && (!match || isPlan)) marker.total = Number(planned[1] ?? planned[2]);
  if (!match || isPlan === true) {
    if (planned) marker.rest = marker.rest.replace(planned[0], ' | ');
    return;
  }
  const before = marker.rest.slice(0, match.index);
  const after = marker.rest.slice(match.index + match[0].length);
  marker.rest = `${before} | ${after}`;
  if (ASIDE.test(before)) return;
  marker.epoch = Number(match[3]);
  if (match[4] !== undefined) marker.total = Number(match[4]);
  marker.phase = phaseOf(match[1] ?? match[2] ?? '');
  const isFirst = before.replaceAll(/[^A-Za-z\d]/g, '') === '';
  const isBare = !/\d/.test(after) && after.trim().split(/\s+/).length <= 3;
  marker.isHeading = isFirst && (isBare || match[4] !== undefined);
  marker.isTrailing =
    /\b(?:finished|completed?|done|ended)\b/i.test(after) || /\bend of\s*\W*$/i.test(before);
}

function readStep(marker: Marker): void {
  const match = STEP.exec(marker.rest);
  if (!match) return;
  const before = marker.rest.slice(0, match.index);
  marker.rest = `${before} | ${marker.rest.slice(match.index + match[0].length)}`;
  if (!ASIDE.test(before)) marker.step = Number(match[1]);
}

/** timm: `Train: 3 [ 50/1251 (  4%)]  Loss: …`. */
const PHASE_COUNT = /^(train|val(?:id(?:ation)?)?|test|eval)\w*:\s*(\d+)\s+(?=\[)/i;

function readLeadingStep(marker: Marker): void {
  const phased = PHASE_COUNT.exec(marker.rest);
  if (phased) {
    marker.epoch = Number(phased[2]);
    marker.phase = phaseOf(phased[1] as string);
    marker.rest = ` | ${marker.rest.slice(phased[0].length)}`;
    return;
  }
  const both = LEADING_BOTH.exec(marker.rest);
  if (both) {
    marker.epoch = Number(both[1] ?? both[3]);
    marker.step = Number(both[2] ?? both[4]);
    marker.rest = ` | ${marker.rest.slice(both[0].length)}`;
    return;
  }
  const match = LEADING_STEP.exec(marker.rest);
  const count = match ? null : LEADING_COUNT.exec(marker.rest);
  if (match) marker.step = Number(match[1] ?? match[2]);
  if (count) marker.count = { position: Number(count[1]), length: Number(count[2]) };
  const found = match ?? count;
  if (found) marker.rest = ` | ${marker.rest.slice(found[0].length)}`;
}
