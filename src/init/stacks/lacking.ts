import type { Folder } from '../folder.ts';
import { spellingOf, type Flag } from '../python/flag.ts';
import type { Role } from '../role.ts';
import type { Script } from '../scripts.ts';
import type { Missing } from '../start.ts';

/** What keeps a script from being started as it is. */
export function lacking(
  { module, flags }: Script,
  takes: Record<Role, boolean>,
  open: readonly Flag[],
  fixed: readonly string[],
  folder: Folder,
): Missing[] {
  const missing: Missing[] = [];
  for (const flag of open) {
    const name = spellingOf(flag);
    missing.push({
      key: 'train',
      message: `${module.path} requires ${name}${flag.help === '' ? '' : ` (${flag.help.slice(0, 80)})`}, and what to give it was found nowhere.`,
      write: `Add ${flag.isPositional ? `a value for ${name}` : `\`${name} VALUE\``} to the command.`,
    });
  }
  if (!takes.config) {
    const [path] = fixed;
    const isPythonConfig = folder.files.some(({ path }) =>
      /(?:^|\/)configs?\/.*\.py$|(?:^|\/)config\.py$/.test(path),
    );
    const foreign = [...module.strings].find((text) => /^[\w./-]+\.(?:ini|cfg|conf)$/.test(text));
    missing.push({
      key: 'train',
      message:
        path === undefined
          ? `${module.path} takes no config file${flags.length > 0 ? ', only flags' : ''}${isPythonConfig ? ' (its settings are Python code)' : foreign === undefined ? '' : ` that Pawl can change (it reads ${foreign})`}, and Pawl brings changes to a training by its config file.`
          : `${module.path} always reads ${path}; Pawl gives each training a config file of its own.`,
      write:
        path === undefined
          ? 'Let the script read its settings from a YAML, JSON or TOML file named by a flag such as --config, and write `--config {config}` into the command.'
          : `Let it take another path: \`os.environ.get("PAWL_CONFIG", "${path}")\` instead of "${path}", or a flag --config.`,
    });
  }
  return missing;
}
