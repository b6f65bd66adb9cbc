import { folderOf, normalize, type Folder } from './folder.ts';
import type { Observed } from './observed.ts';
import type { PythonModule } from './python/module.ts';

/** Words that start a Python file. A module that imports its neighbours relatively only starts with -m. */
export function launcherOf(module: PythonModule, folder: Folder): string[] {
  const isRelative = module.imports.some(({ module: name }) => name.startsWith('.'));
  const isPackageMain = module.path.endsWith('__main__.py') && module.path.includes('/');
  if (!isRelative && !isPackageMain) return [...folder.python, module.path];
  return [...folder.python, '-m', moduleName(module.path)];
}

/** `src/pkg/__main__.py` is `pkg`, as it is installed. */
function moduleName(path: string): string {
  return path
    .replace(/^src\//, '')
    .replace(/(?:\/__main__)?\.py$/, '')
    .replaceAll('/', '.');
}

/** Position behind the words that name `path` in a command; undefined where it runs something else. */
export function endOfScript(observed: Observed, path: string): number | undefined {
  const names = new Set([moduleName(path), path.replace(/(?:\/__main__)?\.py$/, '').replaceAll('/', '.')]);
  const at = observed.words.findIndex((word, i) => {
    if (normalize(word) === path) return true;
    if (observed.words[i - 1] === '-m' && names.has(word)) return true;
    const beside = folderOf(observed.file);
    return beside !== '.' && normalize(`${beside}/${word}`) === path && observed.words[i - 1] !== '-m';
  });
  return at < 0 ? undefined : at + 1;
}
