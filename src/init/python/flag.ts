import type { DeclaredFlag } from '../../config/overrides/flags.ts';
import type { Literal } from './literal.ts';

/** One thing a script takes on its command line. */
export interface Flag {
  /** As typed: `--config`, `-c`; the bare name for a positional one. */
  names: readonly string[];
  isPositional: boolean;
  /** A switch without a value (`store_true`). */
  isSwitch: boolean;
  isRequired: boolean;
  /** Undefined where there is none or it is not a literal. */
  default: Literal | undefined;
  help: string;
  /** The name under which the script knows the value: `weight_decay` of `--weight-decay`. */
  destination: string;
  kind: DeclaredFlag['kind'];
  /** Declared as a float: an integral default is one as well. */
  isFloat?: boolean;
  /** A config file that the script is given may say it instead. */
  isFromConfig?: boolean;
  /** Takes all that follows (`argparse.REMAINDER`). */
  isRest?: boolean;
  /** What says the contrary of a `pair`, where it is not `--no-…`. */
  opposite?: string | undefined;
  /** The sub-command it belongs to (`train` of `main.py train --lr`); null for none. */
  command: string | null;
  line: number;
}

/** The long name where there is one. */
export function spellingOf({ names }: Flag): string {
  return names.find((name) => name.startsWith('--')) ?? names[0] ?? '';
}

/** The name as words are compared: `--output-dir` is `output_dir`. */
export function plainName(name: string): string {
  return name.replace(/^-+/, '').replaceAll(/[-.]/g, '_').toLowerCase();
}

/** `--weight-decay` is known as `weight_decay`. */
export function destinationOf(names: readonly string[]): string {
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? '';
  return long.replace(/^-+/, '').replaceAll('-', '_');
}
