import type { ConfigDocument, ConfigEdit, EditedConfig } from './_contract.ts';
import { describeValue } from './describe.ts';
import type { Mark } from './comment.ts';
import { configError } from './errors.ts';
import { checkEdit, withInserted, withRemoved, withValue } from './intended.ts';
import type { CheckedEdit } from './intended.ts';
import { equalValues, getAt } from './lookup.ts';
import { formatPath } from './path.ts';
import type { ConfigPath } from './path.ts';
import { SpliceSheet } from './splices.ts';
import type { Cut } from './splices.ts';
import { replacementSteps } from './steps.ts';
import type { IsDivisible, Step } from './steps.ts';
import type { ConfigMapping, ConfigValue } from './value.ts';

/** A text under edit, parsed anew after every change. */
export interface Session<Document extends ConfigDocument> {
  readonly document: Document;
  change(cuts: readonly Cut[]): void;
}

/** How one syntax changes one place of its text. */
export interface Surgery<Document extends ConfigDocument> {
  parse(text: string, file: string): Document;
  /** Whether the collection at `path` can become `to` in parts; where not, it is replaced as a whole. */
  isDivisible(document: Document, path: ConfigPath, to: ConfigValue): boolean;
  perform(session: Session<Document>, step: Step, mark: Mark): void;
  /**
   * Makes one change that brings a value back which a step altered elsewhere (aliases, tables that vanished);
   * false where it cannot. `before` is the document as it was before the step.
   */
  repair?(session: Session<Document>, intended: ConfigMapping, before: Document): boolean;
}

const REPAIR_LIMIT = 10_000;

/** Applies edits one by one; after each the text must read back as intended, or nothing is returned at all. */
export function rewrite<Document extends ConfigDocument>(
  original: Document,
  edits: readonly ConfigEdit[],
  surgery: Surgery<Document>,
): Omit<EditedConfig, 'sidecar'> & { document: Document; applied: AppliedEdit[] } {
  const sheet = new SpliceSheet(original.text);
  let document = original;
  const session: Session<Document> = {
    get document() {
      return document;
    },
    change(cuts) {
      sheet.apply(cuts);
      try {
        document = surgery.parse(sheet.text, original.file);
      } catch (error) {
        throw diverged(original, step?.path ?? [], error);
      }
    },
  };
  let step: Step | undefined;
  const applied: AppliedEdit[] = [];
  for (const edit of edits) {
    const checked = checkEdit(document.value, edit, original);
    applied.push({ ...checked, from: getAt(document.value, checked.path) ?? null });
    for (step of stepsOf(checked, session, surgery)) takeStep(session, step, surgery);
  }
  return { text: document.text, document, splices: sheet.splices(), applied };
}

export interface AppliedEdit extends CheckedEdit {
  from: ConfigValue;
}

function* stepsOf<Document extends ConfigDocument>(
  edit: CheckedEdit,
  session: Session<Document>,
  surgery: Surgery<Document>,
): Generator<Step> {
  const { path, value, kind, why } = edit;
  if (kind === 'new') yield { op: 'insert', path, value, mark: { kind, why } };
  else if (kind === 'removed') yield { op: 'remove', path, value: null, mark: { kind, why } };
  else {
    const from = getAt(session.document.value, path) as ConfigValue;
    const isDivisible: IsDivisible = (at, to) => surgery.isDivisible(session.document, at, to);
    yield* replacementSteps(path, from, value, why, isDivisible);
  }
}

function takeStep<Document extends ConfigDocument>(
  session: Session<Document>,
  step: Step,
  surgery: Surgery<Document>,
): void {
  const { document } = session;
  const intended = intendedBy(document.value, step);
  const old = getAt(document.value, step.path);
  const from = step.op === 'insert' ? '' : describeOld(document.spellingOf(step.path), old ?? null);
  surgery.perform(session, step, { ...step.mark, from });
  for (let count = 0; !equalValues(session.document.value, intended); count++) {
    const isRepaired = count < REPAIR_LIMIT && surgery.repair?.(session, intended, document) === true;
    if (!isRepaired) throw diverged(document, step.path);
  }
}

function intendedBy(root: ConfigMapping, { op, path, value }: Step): ConfigMapping {
  if (op === 'set') return withValue(root, path, value);
  return op === 'insert' ? withInserted(root, path, value) : withRemoved(root, path);
}

/** As it was spelled where that is short, else by its value. */
function describeOld(spelling: string | undefined, value: ConfigValue): string {
  const isShort = spelling !== undefined && /^[^\r\n]{1,60}$/.test(spelling);
  return isShort ? spelling : describeValue(value);
}

function diverged(document: ConfigDocument, path: ConfigPath, cause?: unknown): Error {
  const at = formatPath(path);
  return configError(
    'CONFIG_EDIT_DIVERGED',
    `After the edit of '${at}', the config did not read back as intended; nothing was written.`,
    {
      file: document.file,
      line: document.lineOf(path),
      remedy: `Change '${at}' by hand, and report this config as a bug.`,
      cause,
    },
  );
}
