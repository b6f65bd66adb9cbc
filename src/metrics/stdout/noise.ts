/** What a progress bar says besides the metrics beside it. */
export interface Bar {
  position: number;
  length: number;
}

const TQDM = /^(.*?):?\s*\d{1,3}%\|[^|]*\|\s*(\d+)[kMG]?\/(\d+|\?)[kMG]?\s*\[([^\]]*)\]?(.*)$/;
/** `00:10<00:12,  4.50it/s, ` before tqdm's own metrics. */
const TQDM_TIMES = /^[^,]*?<[^,]*,\s*[^,]*(?:,\s*|$)/;
const KERAS = /^\s*(\d+)\/(\d+|Unknown)\s+(?:\[[^\]]*\]|[━─╸╺ ]{3,}|-(?= \d+m?s\b))/;
const DRAWN = /[━─█▉▊▋▌▍▎▏╸╺░▒▓═]{2,}|[#=*_~]{4,}|-{3,}|\[[=>.#\s-]{8,}\]/g;
const ADDRESS = /\b[a-z][\w+.-]*:\/\/\S+|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?/gi;
const FILE =
  /\S*[\w)]\.(?:pth?|ckpt|h5|hdf5|keras|bin|safetensors|onnx|pkl|joblib|np[yz]|json|jsonl|ya?ml|toml|csv|tsv|txt|log|png|svg|jpe?g|py|pdf|zip|gz|tar|model|tfevents)\b\S*/gi;
const ABSOLUTE = /(?:^|[\s'"(=])(?:~|\.{1,2})?\/[^\s'",;)]+/g;
/** `Namespace(lr=0.1, …)`, `Conv2d(3, 64, kernel_size=(7, 7))`: settings. */
const CALL = /\b[A-Za-z_][\w.]*\((?=[^()]*=)[^()]*(?:\([^()]*\)[^()]*)*\)?/g;
const DATE = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?/g;

/** Takes a progress bar out of a line. What it says of metrics stays. */
export function takeBar(line: string): { text: string; bar: Bar | undefined; isKeras: boolean } {
  if (line.includes('%|')) {
    const match = TQDM.exec(line);
    if (match) {
      const inner = (match[4] as string).replace(TQDM_TIMES, '');
      const bar = { position: Number(match[2]), length: Number(match[3]) };
      return { text: `${match[1] ?? ''} | ${inner} | ${match[5] ?? ''}`, bar, isKeras: false };
    }
  }
  const keras = line.includes('/') ? KERAS.exec(line) : null;
  if (!keras) return { text: line, bar: undefined, isKeras: false };
  const bar = { position: Number(keras[1]), length: Number(keras[2]) };
  return { text: line.slice(keras[0].length), bar, isKeras: true };
}

/** Replaces what looks like metrics and is none: addresses, file names, dates, settings, drawn lines. */
export function blankNoise(line: string): string {
  let text = line;
  if (/[━─█▉▊▋▌▍▎▏╸╺░▒▓═]{2}|[#=*_~]{4}|---|\[[=>.#\s-]{8}/.test(text)) text = text.replaceAll(DRAWN, ' | ');
  if (text.includes('.')) text = text.replaceAll(FILE, ' | ').replaceAll(ADDRESS, ' | ');
  if (text.includes('/')) text = text.replaceAll(ABSOLUTE, ' | ');
  if (text.includes('(') && text.includes('='))
    text = text.replaceAll(CALL, (call) =>
      /^(?:tensor|array|np\.|numpy\.|torch\.)/.test(call) ? call : ' | ',
    );
  if (/\d{4}-\d{2}-\d{2}/.test(text)) text = text.replaceAll(DATE, ' | ');
  return text;
}
