import { readArgparse } from './argparse.ts';
import { readByHand } from './by-hand.ts';
import { findCalls, isLineStart, keyword, positionals, textOf, type Call } from './calls.ts';
import { findDeclarations } from './declarations.ts';
import { readDecorated } from './decorated.ts';
import { readFields } from './fields.ts';
import type { Flag } from './flag.ts';
import { findImports, type Import } from './imports.ts';
import { evaluate, findConstants, type Constants } from './literal.ts';
import { loggedNames } from './logged.ts';
import { tokenize, type Token } from './tokens.ts';

/** What a Python file says about itself. */
export interface PythonModule {
  path: string;
  docstring: string;
  imports: Import[];
  /** First parts of what it imports: `torch`, `sklearn`. */
  packages: Set<string>;
  calls: Call[];
  flags: Flag[];
  /** `@hydra.main(config_path=…, config_name=…)`. */
  hydra: { configPath: string | null; configName: string | null } | null;
  /** `x = sys.argv[n]`. */
  argv: { index: number; target: string }[];
  /** Config files that it opens by a fixed path. */
  fixedConfigs: string[];
  /** Whether it has `if __name__ == "__main__"`. */
  hasMain: boolean;
  /** Names read from the environment. */
  environment: Set<string>;
  logged: string[];
  /** Names that it gives to literals at its top. */
  constants: Constants;
  /** Checkpoint files it names: `last.pt`. */
  checkpointNames: string[];
  names: ReadonlySet<string>;
  strings: ReadonlySet<string>;
}

export function readModule(path: string, source: string): PythonModule {
  const tokens = tokenize(source);
  const calls = findCalls(tokens);
  const declarations = findDeclarations(tokens);
  const constants = findConstants(tokens);
  const imports = findImports(tokens);
  const packages = new Set(
    imports.map(({ module }) => module.split('.')[0] as string).filter((name) => name !== ''),
  );
  const strings = new Set(tokens.filter(({ kind }) => kind === 'string').map(({ text }) => text));
  const declared = [
    ...readArgparse(calls, constants),
    ...readDecorated({ tokens, calls, declarations, constants }),
    ...readFields(packages, calls, declarations, constants),
  ];
  const [first] = tokens.filter(({ kind }) => kind !== 'newline');
  return {
    path,
    docstring: first?.kind === 'string' ? first.text : '',
    imports,
    packages,
    calls,
    flags: declared.length > 0 ? declared : readByHand(tokens, calls, constants),
    hydra: findHydra(calls, constants),
    argv: findArgv(tokens),
    fixedConfigs: findFixedConfigs(calls, constants),
    hasMain: strings.has('__main__'),
    environment: findEnvironment(tokens),
    constants,
    logged: loggedNames(tokens, calls, constants),
    checkpointNames: [...strings].filter((text) => /^[\w.-]{1,40}\.(?:pt|pth|ckpt)$/.test(text)),
    names: new Set(tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text)),
    strings,
  };
}

function findHydra(calls: readonly Call[], constants: Constants): PythonModule['hydra'] {
  const main = calls.find(
    ({ callee, isDecorator }) => isDecorator && /^hydra(?:_zen)?\.main$|^hydra_main$/.test(callee),
  );
  if (!main) return null;
  const read = (name: string, position: number): string | null => {
    const tokens = keyword(main, name) ?? positionals(main)[position];
    const value = tokens && evaluate(tokens, constants);
    return typeof value === 'string' ? value : null;
  };
  return { configPath: read('config_path', 0), configName: read('config_name', 1) };
}

/** `path = sys.argv[1]`, also through `Path(…)`, `int(…)`. */
function findArgv(tokens: readonly Token[]): PythonModule['argv'] {
  const found: PythonModule['argv'] = [];
  let line = 0;
  tokens.forEach((token, at) => {
    if (isLineStart(tokens, at)) line = at;
    const index = tokens[at + 2];
    if (token.text !== 'argv' || token.kind !== 'name' || tokens[at + 1]?.text !== '[') return;
    if (index?.kind !== 'number' || tokens[at + 3]?.text !== ']') return;
    const isAssigned = tokens[line]?.kind === 'name' && tokens[line + 1]?.text === '=';
    const target = isAssigned ? (tokens[line] as Token).text : '';
    if (found.every((known) => known.index !== Number(index.text)))
      found.push({ index: Number(index.text), target });
  });
  return found.sort((a, b) => a.index - b.index);
}

const OPENS =
  /(?:^|\.)(?:open|read_text|safe_load|full_load|load|load_config|read_config|load_yaml|read_yaml|Path|from_file|parse_config|get_config)$/;

function findFixedConfigs(calls: readonly Call[], constants: Constants): string[] {
  const found = new Set<string>();
  for (const call of calls) {
    if (!OPENS.test(call.callee)) continue;
    const mode = positionals(call)[1];
    if (mode && /[wax]/.test(String(evaluate(mode, constants) ?? ''))) continue;
    const [first] = positionals(call);
    const value = first && evaluate(first, constants);
    if (typeof value === 'string' && /\.(?:ya?ml|toml|jsonc?)$/i.test(value))
      found.add(value.replace(/^\.\//, ''));
  }
  return [...found];
}

function findEnvironment(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  tokens.forEach((token, at) => {
    if (token.kind !== 'string' || !/^[A-Z][A-Z\d_]+$/.test(token.text)) return;
    if (/environ(?:\.get)?[[(]$|getenv\($/.test(textOf(tokens.slice(Math.max(0, at - 4), at))))
      names.add(token.text);
  });
  return names;
}
