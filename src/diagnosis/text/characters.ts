const ONE: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u205f': ' ',
  '\u3000': ' ',
  '\u2028': ' ',
  '\u2029': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2212': '-',
  '\u2012': '–',
  '\u2015': '—',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '✕': '×',
  '✖': '×',
  '⨯': '×',
  '∼': '~',
  '≈': '~',
  '〜': '~',
  '…': '...',
  '、': ', ',
  '。': '. ',
  '【': '[',
  '】': ']',
  '½': '0.5',
  '¼': '0.25',
  '¾': '0.75',
  '⩽': '≤',
  '⩾': '≥',
  '≦': '≤',
  '≧': '≥',
};

const ARROWS = '→⟶➔➙➛➜➝➞➟➠➡➢➣➤⇒⟹⇨⮕↦⇾⭢⭆⇛⇢';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻';
const SUPERSCRIPT_ASCII = '0123456789+-';
const NON_PLAIN = /[^\t\n\x20-\x7e]/u;

function isInvisible(code: number): boolean {
  return (
    (code < 0x20 && code !== 9 && code !== 10) ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0xad ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0x20e3 ||
    (code >= 0xe0000 && code <= 0xe0fff)
  );
}

/** Folds typographic variants (arrows, minus signs, full-width and superscript digits, quotes, spaces) and drops what no reader sees. */
export function foldCharacters(text: string): string {
  if (!NON_PLAIN.test(text)) return text;
  let out = '';
  let inSuperscript = false;
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0) as number;
    if (code < 0x7f && code >= 0x20) {
      out += char;
      inSuperscript = false;
      continue;
    }
    if (isInvisible(code)) continue;
    const superscript = SUPERSCRIPTS.indexOf(char);
    if (superscript >= 0) {
      out += (inSuperscript ? '' : '^') + SUPERSCRIPT_ASCII.charAt(superscript);
      inSuperscript = true;
      continue;
    }
    inSuperscript = false;
    if (code >= 0xff01 && code <= 0xff5e) out += String.fromCodePoint(code - 0xfee0);
    else if (code >= 0x2000 && code <= 0x200a) out += ' ';
    else if (ARROWS.includes(char)) out += '→';
    else out += ONE[char] ?? char;
  }
  return out;
}
