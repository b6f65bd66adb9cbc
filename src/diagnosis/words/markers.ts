/** A number or letter at the head of a title: `Recommendation 2:`, `R1 –`, `3.1`, `Option B`. */
export interface Marker {
  kind: 'recommendation' | 'option' | 'number';
  number: number | null;
  /** Length of the marker in the text it was read from. */
  length: number;
}

const HAN: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};
const ROMAN: Readonly<Record<string, number>> = {
  i: 1,
  ii: 2,
  iii: 3,
  iv: 4,
  v: 5,
  vi: 6,
  vii: 7,
  viii: 8,
  ix: 9,
  x: 10,
};
const ORDINAL: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, first: 1, second: 2, third: 3, fourth: 4, fifth: 5, eins: 1, zwei: 2, drei: 3, un: 1, deux: 2, trois: 3,
}; // prettier-ignore

const LEAD = String.raw`^[\s*_#>\[(\p{Extended_Pictographic}\p{Emoji_Modifier}]*`;
const NAMED =
  'recommendations?|rec\\.?|recomm\\.?|reco|action(?: item)?|fix|change|step|priority|prio|proposal|suggestion|improvement|intervention|experiment|remedy|treatment|measure|item|advice|task|tip|todo|adjustment|modification|tweak|' +
  'empfehlung|maßnahme|massnahme|schritt|vorschlag|änderung|priorität|recommandation|mesure|étape|action|priorité|proposition|recomendaci[oó]n|medida|paso|acción|propuesta|prioridad|cambio|recomendação|raccomandazione|' +
  '建议|推荐|措施|改进|改进建议|优化建议|步骤|推奨|推奨事項|提案|対策|改善案|권장사항|권장|조치|제안|рекомендация|мера|шаг|предложение';
const NUMERAL = String.raw`(\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十]|(?:i{1,3}|iv|vi{0,3}|ix|x)(?![\p{L}])|(?:one|two|three|four|five|first|second|third|eins|zwei|drei|un|deux|trois)(?![\p{L}]))`;
const TAIL = String.raw`(?:\s*(?:of|\/)\s*\d{1,2})?[\])]?\s*(?:\([^)]{1,30}\)\s*)?(?:\[[^\]]{1,30}\]\s*)?(?:[:.)–—|-]+|(?=\s|$))\s*`;
const RECOMMENDATION = new RegExp(
  String.raw`${LEAD}(?:${NAMED})\s*\(?(?:n[°ºo]\.?\s*|#|no\.?\s*|nr\.?\s*|№\s*|-)?\s*${NUMERAL}${TAIL}`,
  'iu',
);
const LETTERED = new RegExp(
  String.raw`${LEAD}(?:R|REC|A|P|S|C|T|H|M|I|D|B|E|X|Q|W|CH|PR|ACT|FIX|AI|RC|HP|EXP|TODO)-?(\d{1,2})(?:\]\s*|[)]?\s*(?:\([^)]{1,30}\)\s*)?(?:[:.)–—|]|\s-|-(?=\s))\s*)`,
  'u',
);
const HASHED = /^[\s*_>[(]*#\s?(\d{1,2})\b[\])]?\s*(?:[:.)–—-]+\s*)?/u;
const OPTION = new RegExp(
  String.raw`${LEAD}(?:option|variant|variante|alternative|choice|approach|plan|path|route|möglichkeit|opción|opcion|opzione|вариант|方案|选项|オプション|案|선택지|옵션)\s*#?\s*([a-z]|\d{1,2}|[一二三四])(?![\p{L}\p{N}])${TAIL}`,
  'iu',
);
const PLAIN = new RegExp(
  String.raw`${LEAD}\(?(?:[A-H]\.)?(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?[.)\]:]?(?:\s*[–—-](?=\s)|[.)\]:]+(?=\s|$|[*_\p{L}])|(?=\s+[\p{Lu}\p{Lo}*]))\s*`,
  'u',
);
const SPELLED = /^[\s*_]*(first|second|third|fourth|fifth)(?:ly)?\s*[,:–—-]\s*/iu;

function toNumber(text: string): number | null {
  const lower = text.toLowerCase();
  const dotted = /^(\d+)\.(\d+)$/u.exec(lower);
  if (dotted) return Number(dotted[2]);
  return HAN[lower] ?? ROMAN[lower] ?? ORDINAL[lower] ?? (/^\d+$/u.test(lower) ? Number(lower) : null);
}

/** The marker a title starts with; null where it has none. */
export function readMarker(title: string): Marker | null {
  const text = title.slice(0, 200);
  const option = OPTION.exec(text);
  if (option) return { kind: 'option', number: toNumber(option[1] as string), length: option[0].length };
  const named = RECOMMENDATION.exec(text) ?? LETTERED.exec(text) ?? HASHED.exec(text);
  if (named) return { kind: 'recommendation', number: toNumber(named[1] as string), length: named[0].length };
  const plain = PLAIN.exec(text);
  if (plain)
    return { kind: 'number', number: Number(plain[3] ?? plain[2] ?? plain[1]), length: plain[0].length };
  const spelled = SPELLED.exec(text);
  if (spelled) return { kind: 'number', number: toNumber(spelled[1] as string), length: spelled[0].length };
  return null;
}
