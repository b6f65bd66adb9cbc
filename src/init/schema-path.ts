import { access } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const INSTALLED = 'node_modules/pawl/schema/pawl.schema.json';
const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Where an editor finds the schema of pawl.yaml, seen from `folder`: in node_modules above it, in the package itself
 * where the folder lies inside it, else where an installation would put it.
 */
export async function schemaPath(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of at === PACKAGE ? ['schema/pawl.schema.json'] : [INSTALLED]) {
      if (await exists(join(at, name))) return relative(folder, join(at, name)).split(sep).join('/');
    }
    if (dirname(at) === at) return INSTALLED;
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
