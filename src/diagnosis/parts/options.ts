import { statementsOf, titleOf, type Node } from '../outline/node.ts';
import { statementText } from '../text/statements.ts';

const ONE_OF =
  /\b(?:either|one of|pick one|choose one|choose between|any of|select one|try one|two options|three options|options?:|(?:two|three|several) (?:variants|alternatives|possibilities))\b|entweder|eine der folgenden|eines von|soit|l'un(?:e)? des|au choix|una de las|uno de los|elija|либо|один из|任选|二选一|三选一|选择其一|之一|いずれか|どちらか|중 하나/iu;
const CHOSEN_TITLE =
  /\b(?:recommended|preferred|chosen|selected|our (?:pick|choice)|my pick|go with|default choice|best|use this)\b|⭐|👍|✅|empfohlen|bevorzugt|recommandée?|préférée?|retenue?|recomendad[oa]|elegid[oa]|рекомендуется|推荐|首选|推奨|採用|권장|추천/iu;
const OR_ONLY = /^\W*(?:or|oder|ou|o|или|或|或者|または|もしくは|또는)\W*$/iu;
const OR_START = /^\W*(?:or|oder|ou|или|或者|または)\b[\s,:]/iu;

/** Label of an option: `A` for "Option A". */
function optionLabel(node: Node): string | null {
  const text = (node.leaf?.text ?? '').trim();
  const match =
    /^\W*(?:option|variante?|alternative|choice|approach|plan|path|route|möglichkeit|opción|opcion|opzione|вариант|方案|选项|オプション|案|옵션)\s*#?\s*([a-z]|\d{1,2}|[一二三四])(?![\p{L}\p{N}])/iu.exec(
      text,
    ) ?? /^\(?([a-c])[).]\s/iu.exec(text);
  return match?.[1]?.toLowerCase() ?? null;
}

function isOrLine(node: Node): boolean {
  return OR_ONLY.test(node.leaf?.text ?? 'x');
}

export function startsWithOr(node: Node): boolean {
  return OR_START.test(node.leaf?.text ?? '');
}

function announcesOptions(text: string): boolean {
  return ONE_OF.test(text);
}

function textsOf(node: Node, out: string[], depth = 0): void {
  if (depth > 6) return;
  if (node.leaf) for (const statement of statementsOf(node.leaf)) out.push(statementText(statement));
  for (const child of node.children) textsOf(child, out, depth + 1);
}

/** The option that the text around chooses ("we go with option B", "Option B (recommended)"); null where it leaves it open. */
function chosenOption(options: readonly Node[], surroundings: readonly Node[]): Node | null {
  const titled = options.filter(
    (node) =>
      CHOSEN_TITLE.test(titleOf(node).slice(0, 200)) &&
      !/\bnot (?:recommended|preferred|chosen)|nicht empfohlen|不推荐/iu.test(titleOf(node).slice(0, 200)),
  );
  if (titled.length === 1) return titled[0] ?? null;
  const texts: string[] = [];
  for (const node of surroundings) textsOf(node, texts);
  const picked = new Set<Node>();
  for (const text of texts
    .slice(0, 400)
    .flatMap((sentence) =>
      sentence.split(
        /[,;:(]|\b(?:because|since|as|over|than|but|weil|car|porque|statt|instead)\b|因为|而不是/u,
      ),
    )) {
    const mentioned = options.filter((node) => {
      const label = optionLabel(node);
      return (
        label !== null &&
        new RegExp(
          String.raw`(?:option|variante?|alternative|choice|approach|plan|path|route|möglichkeit|opción|opcion|вариант|方案|选项|オプション|案|옵션)\s*#?\s*${label}(?![\p{L}\p{N}])`,
          'iu',
        ).test(text.slice(0, 600))
      );
    });
    const only = mentioned[0];
    if (
      mentioned.length !== 1 ||
      only === undefined ||
      options.some((node) => text.trim() !== '' && (node.leaf?.text ?? '').includes(text))
    )
      continue;
    if (isChoice(text)) picked.add(only);
  }
  return picked.size === 1 ? ([...picked][0] ?? null) : null;
}

function isChoice(text: string): boolean {
  const tokens = text.toLowerCase().split(/\s+/u);
  if (/\b(?:not|nicht|don't|unless|if|wenn|si)\b|不|如果/u.test(text)) return false;
  return /recommend|choose|chose|prefer|pick|select|decid|go with|going with|we use|start with|decision|best|favou?r|wählen|empfehl|entscheid|bevorzug|nehmen|retenons|choisi|recommand|elegimos|recomend|elijo|выбира|рекоменд|选|推荐|采用|採用|推奨|選択|선택|권장/u.test(
    tokens.join(' '),
  );
}

/** Whether a line above the items, or the title, announces them as options ("either", "one of the following:"). */
function isAnnounced(node: Node): boolean {
  if (announcesOptions((node.leaf?.text ?? '').slice(0, 300))) return true;
  return node.children.some((child, at) => {
    const text =
      child.kind === 'text' && node.children[at + 1]?.kind === 'item' ? (child.leaf?.text ?? '') : '';
    return /:\s*$/u.test(text) && announcesOptions(text.slice(0, 300));
  });
}

/** The children of a node that are options the report leaves open. */
export function openOptions(node: Node): ReadonlySet<Node> {
  const { children } = node;
  const open = new Set<Node>();
  const options = children.filter(
    (child) => child.kind !== 'text' && child.kind !== 'fence' && optionLabel(child) !== null,
  );
  const chosen = options.length > 1 ? chosenOption(options, [node]) : null;
  for (const child of options) if (child !== chosen) open.add(child);
  if (children.some(isOrLine)) for (const child of children) open.add(child);
  const items = children.filter((child) => child.kind === 'item');
  if (items.length > 1 && isAnnounced(node)) for (const child of items) if (child !== chosen) open.add(child);
  for (const [at, child] of children.entries()) {
    if (!startsWithOr(child)) continue;
    open.add(child);
    const before = children[at - 1];
    if (before && before.kind === 'item' && child.kind === 'item') open.add(before);
  }
  return open;
}
