import { keyword, positionals, type Call } from './calls.ts';
import { destinationOf, type Flag } from './flag.ts';
import { evaluate, type Constants } from './literal.ts';
import type { Token } from './tokens.ts';

/** Names under which a script asks for its config, output, seed: what is read by hand is not told apart otherwise. */
const NAMED = /^-(?:c|o|s)$|^--?\w*(?:config|cfg|conf|params|output|out|seed)\w*$/;

/** Flags that a script looks for itself: `sys.argv[sys.argv.index('-c') + 1]`, `getopt`. */
export function readByHand(tokens: readonly Token[], calls: readonly Call[], constants: Constants): Flag[] {
  const flags: Flag[] = [];
  const add = (name: string, line: number, isRequired: boolean): void => {
    if (!NAMED.test(name) || flags.some(({ names }) => names.includes(name))) return;
    flags.push({
      names: [name],
      isPositional: false,
      isSwitch: false,
      isRequired,
      default: undefined,
      help: '',
      destination: destinationOf([name]),
      kind: 'value',
      command: null,
      line,
    });
  };
  for (const call of calls) {
    if (/(?:^|\.)(?:argv|args)\.index$/.test(call.callee)) {
      const [first] = positionals(call);
      const name = first && evaluate(first, constants);
      if (typeof name === 'string') add(name, call.line, !isAskedFor(tokens, name));
    } else if (/(?:^|\.)(?:gnu_)?getopt$/.test(call.callee)) {
      const long = positionals(call)[2] ?? keyword(call, 'longopts');
      for (const { kind, text } of long ?? [])
        if (kind === 'string' && text.endsWith('=')) add(`--${text.slice(0, -1)}`, call.line, false);
    }
  }
  return flags;
}

/** `'-c' in sys.argv`: it may be left out. */
function isAskedFor(tokens: readonly Token[], name: string): boolean {
  return tokens.some(
    ({ kind, text }, at) => kind === 'string' && text === name && tokens[at + 1]?.text === 'in',
  );
}
