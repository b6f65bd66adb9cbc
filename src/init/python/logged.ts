import { metricStrength, nameWords } from '../../metrics/words.ts';
import { phaseOf } from '../../metrics/phase.ts';
import { isLineStart, keyword, positionals, textOf, type Call } from './calls.ts';
import { evaluate, type Constants } from './literal.ts';
import type { Token } from './tokens.ts';

const HELD_OUT = new Set(['val', 'eval', 'test']);
/** `%.4f` in a format: its letter is no part of the label behind it. */
const CONVERSION = /%[-+#0]*[\d*]*(?:\.[\d*]+)?[hlL]?[diouxXeEfFgGcrsa]/g;
const LABEL = /([A-Za-z][\w/]*(?:[ _./-][A-Za-z]\w*)?)\s*[:=]\s*(?=$|[{%\d])/g;
const MOST = 40;

/**
 * Names under which a source seems to log metrics of held-out data, in order of appearance: string literals that read
 * like one (`"val_acc"`), labels in printed text (`val acc: {acc:.3f}`), Keras' `metrics=[…]`.
 */
export function loggedNames(
  tokens: readonly Token[],
  calls: readonly Call[],
  constants: Constants,
): string[] {
  const names = new Set<string>();
  for (const { kind, text } of tokens) {
    if (names.size >= MOST) break;
    if (kind !== 'string' && kind !== 'fstring') continue;
    if (text.length > 400) continue;
    if (/^[A-Za-z][\w/.@-]{1,40}$/.test(text)) add(text);
    for (const [, label = ''] of text.replaceAll(CONVERSION, '%').matchAll(LABEL))
      add(label.trim().replace(/\s+/g, '_'));
  }
  for (const name of templateNames(tokens)) add(name);
  for (const name of huggingfaceNames(tokens, calls, constants)) names.add(name);
  for (const name of kerasNames(calls, constants)) names.add(name);
  return [...names];

  function add(name: string): void {
    if (/\.(?:csv|jsonl?|png|pdf|txt|pt|pth|ya?ml)$/i.test(name)) return;
    const words = nameWords(name);
    const isHeldOut = words.some((word) => HELD_OUT.has(phaseOf(word) ?? ''));
    if (isHeldOut && words.length > 1 && metricStrength(name) === 'strong') names.add(name);
  }
}

/** `f"{split}_acc"` in a source that speaks of a split "val" logs `val_acc`. */
function templateNames(tokens: readonly Token[]): string[] {
  const splits = new Set(
    tokens.filter(({ kind, text }) => kind === 'string' && isSplit(text)).map(({ text }) => text),
  );
  return tokens.flatMap(({ kind, text }) => {
    const rest = kind === 'fstring' ? /^\{\w+\}([_/-][A-Za-z]\w*)$/.exec(text)?.[1] : undefined;
    return rest === undefined ? [] : [...splits].map((split) => `${split}${rest}`);
  });
}

function isSplit(text: string): boolean {
  return /^[A-Za-z]{3,10}$/.test(text) && HELD_OUT.has(phaseOf(text.toLowerCase()) ?? '');
}

/** The Hugging Face Trainer logs what `compute_metrics` returns with `eval_` before it. */
function huggingfaceNames(tokens: readonly Token[], calls: readonly Call[], constants: Constants): string[] {
  const start = tokens.findIndex(
    ({ kind, text }, at) => kind === 'name' && text === 'compute_metrics' && tokens[at - 1]?.text === 'def',
  );
  if (start < 0) return [];
  const column = tokens[start - 1]?.column ?? 0;
  const length = tokens
    .slice(start)
    .findIndex(
      (token, at) =>
        at > 0 && isLineStart(tokens, start + at) && token.column <= column && token.kind === 'name',
    );
  const body = tokens.slice(start, length < 0 ? undefined : start + length);
  const keys = body.flatMap(({ kind, text }, at) =>
    kind === 'string' && body[at + 1]?.text === ':' && body[at + 1]?.kind === 'op' ? [text] : [],
  );
  const loaded = calls.flatMap((call) => {
    if (!/(?:^|\.)(?:load|load_metric)$/.test(call.callee)) return [];
    const [first] = positionals(call);
    const name = first && evaluate(first, constants);
    return typeof name === 'string' ? [name] : [];
  });
  const known = [...keys, ...(body.some(({ text }) => text === 'compute') ? loaded : [])];
  return known
    .filter((name) => /^[\w-]{1,40}$/.test(name))
    .map((name) => (name.startsWith('eval_') ? name : `eval_${name}`));
}

/** `compile(metrics=["accuracy"])` and `fit(validation_data=…)` log `val_accuracy` and `val_loss`. */
function kerasNames(calls: readonly Call[], constants: Constants): string[] {
  const fits = calls.some(
    (call) =>
      call.callee.endsWith('.fit') &&
      (keyword(call, 'validation_data') ?? keyword(call, 'validation_split')) !== undefined,
  );
  const compile = calls.find(({ callee, args }) => callee.endsWith('.compile') && args.length > 0);
  if (!fits || !compile) return [];
  const given = keyword(compile, 'metrics') ?? positionals(compile)[2];
  const metrics = given && evaluate(given, constants);
  const listed = Array.isArray(metrics) ? metrics.filter((name) => typeof name === 'string') : [];
  const objects = [...textOf(given ?? []).matchAll(/(?:metrics\.)([A-Z]\w+)\(/g)].map(([, name]) =>
    snake(name as string),
  );
  return [...[...listed, ...objects].map((name) => `val_${name === 'acc' ? 'acc' : name}`), 'val_loss'];
}

/** Keras names a metric after its class: `SparseCategoricalAccuracy` logs `sparse_categorical_accuracy`. */
function snake(name: string): string {
  return /^(?:AUC|MSE|MAE)$/.test(name)
    ? name.toLowerCase()
    : name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
