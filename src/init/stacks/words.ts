import type { Script } from '../scripts.ts';

/** `path = sys.argv[1]`: the roles are told by the names of the variables. */
export function argvArguments({ module }: Script): string[] {
  const words: string[] = [];
  for (const { index, target } of module.argv) {
    if (index !== words.length + 1) continue;
    if (/config|cfg|conf|yaml|params|settings/i.test(target)) words.push('{config}');
    else if (/seed/i.test(target)) words.push('{seed}');
    else if (/out|result|dir|folder|dest|save|log/i.test(target)) words.push('{output}');
    else if (index === 1 && module.fixedConfigs.length === 0 && /path|file|^$/i.test(target))
      words.push('{config}');
    else break;
  }
  return words;
}

/** `OmegaConf.from_cli()`: `config=… output=…`. */
export function keyValueArguments({ module }: Script): string[] {
  if (!module.names.has('from_cli')) return [];
  const pick = (names: readonly string[]): string | undefined => names.find((name) => module.names.has(name));
  const config = pick(['config', 'config_file', 'config_path', 'cfg']);
  const output = pick(['output_dir', 'out_dir', 'output', 'save_dir', 'log_dir']);
  return [
    ...(config === undefined ? [] : [`${config}={config}`]),
    ...(output === undefined ? [] : [`${output}={output}`]),
    ...(module.names.has('seed') ? ['seed={seed}'] : []),
  ];
}
