import { metricStrength } from '../words.ts';
import { fillAll, type Span } from './span.ts';

/** What a progress bar says besides the metrics beside it. */
export interface Bar {
  position: Span;
  length: Span;
  isKeras: boolean;
}

const TQDM = /^(.*?):?\s*\d{1,3}%\|[^|]*\|\s*(\d+)[kMG]?\/(\d+|\?)[kMG]?\s*\[([^\]]*)\]?(.*)$/d;
/** `00:10<00:12,  4.50it/s, ` before tqdm's own metrics. */
const TQDM_TIMES = /^[^,]*?<[^,]*,\s*[^,]*(?:,\s*|$)/;
const KERAS = /^\s*(\d+)\/(\d+|Unknown)\s+(?:\[[^\]]*\]|[━─╸╺ ]{3,}|-(?= \d+m?s\b))/d;
const DRAWN = /[━─█▉▊▋▌▍▎▏╸╺░▒▓═]{2,}|[#=*_~]{4,}|-{3,}|\[[=>.#\s-]{8,}\]/g;
const ADDRESS = /\b[a-z][\w+.-]*:\/\/\S+|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?/gi;
const EXTENSION =
  /[\w)]\.(?:pth?|ckpt|h5|hdf5|keras|bin|safetensors|onnx|pkl|joblib|np[yz]|json|jsonl|ya?ml|toml|csv|tsv|txt|log|png|svg|jpe?g|py|pdf|zip|gz|tar|model|tfevents)\b/i;
const ABSOLUTE = /(?:^|[\s'"(=])(?:~|\.{1,2})?\/[^\s'",;)]+/g;
const WINDOWS = /(?:^|[\s'"(=])(?:[A-Za-z]:|\\)\\[^\s'",;)]+/g;
/** `Namespace(lr=0.1, …)`, `Conv2d(3, 64, kernel_size=(7, 7))`: settings. */
const CALL = /\b[A-Za-z_][\w.]*\((?=[^()]*=)[^()]*(?:\([^()]*\)[^()]*)*\)?/g;
const DATE = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?/g;
const TYPE = /^(?:tensor|array|np\.|numpy\.|torch\.)/;

/** Fills a progress bar. What stands beside it of metrics stays. */
export function takeBar(line: string): { text: string; bar: Bar | undefined } {
  const match = line.includes('%|') ? TQDM.exec(line) : null;
  const at = match?.indices;
  if (match && at?.[1] && at[2] && at[3] && at[4] && at[5]) {
    const inner = at[4][0] + (TQDM_TIMES.exec(match[4] ?? '')?.[0].length ?? 0);
    const text =
      line.slice(0, at[1][1]) +
      '|'.repeat(inner - at[1][1]) +
      line.slice(inner, at[4][1]) +
      '|'.repeat(at[5][0] - at[4][1]) +
      line.slice(at[5][0]);
    return { text, bar: { position: span(at[2]), length: span(at[3]), isKeras: false } };
  }
  const keras = line.includes('/') ? KERAS.exec(line) : null;
  if (!keras?.indices?.[1] || !keras.indices[2]) return { text: line, bar: undefined };
  const bar: Bar = { position: span(keras.indices[1]), length: span(keras.indices[2]), isKeras: true };
  return { text: '|'.repeat(keras[0].length) + line.slice(keras[0].length), bar };
}

/** Fills what looks like metrics and is none: addresses, file names, dates, settings, drawn lines. */
export function fillNoise(line: string): string {
  let text = line;
  if (/[━─█▉▊▋▌▍▎▏╸╺░▒▓═]{2}|[#=*_~]{4}|---|\[[=>.#\s-]{8}/.test(text)) text = fillAll(text, DRAWN);
  if (EXTENSION.test(text)) text = fillAll(text, /\S+/g, (word) => !EXTENSION.test(word));
  if (text.includes('.') && /:\/\/|\.\d+\.\d/.test(text)) text = fillAll(text, ADDRESS);
  if (text.includes('/')) text = fillAll(text, ABSOLUTE);
  if (text.includes('\\')) text = fillAll(text, WINDOWS);
  if (text.includes('(') && text.includes('='))
    text = fillAll(text, CALL, (call) => TYPE.test(call) || isOfMetrics(call));
  if (/\d{4}-\d{2}-\d{2}/.test(text)) text = fillAll(text, DATE);
  return text;
}

/** `val(loss=0.6, acc=0.7)`, unlike `Namespace(loss='ce', lr=0.1)`. */
function isOfMetrics(call: string): boolean {
  if (/^\w*(?:namespace|config|args|params|settings|options)\w*\(/i.test(call)) return false;
  return [...call.matchAll(/([\w/-]+)\s*=\s*[-+]?(?:\d*\.\d|nan|inf)/gi)].some(
    (match) => metricStrength(match[1] as string) === 'strong',
  );
}

function span([start, end]: [number, number]): Span {
  return { start, end };
}
