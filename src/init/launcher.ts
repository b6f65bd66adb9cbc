import { folderOf, normalize, type Folder } from './folder.ts';
import type { Observed } from './observed.ts';
import type { PythonModule } from './python/module.ts';

/** Words that start a Python file. A module that imports its neighbours relatively only starts with -m. */
export function launcherOf(module: PythonModule, folder: Folder): string[] {
  const isRelative = module.imports.some(({ module: name }) => name.startsWith('.'));
  const isPackageMain = module.path.endsWith('__main__.py') && module.path.includes('/');
  if (!isRelative && !isPackageMain && !needsTop(module, folder)) return [...folder.python, module.path];
  return [...folder.python, '-m', moduleName(module.path)];
}

/** A module of a package that imports from the folder above it (`from pkg.model import …`) is found by -m only. */
function needsTop(module: PythonModule, folder: Folder): boolean {
  const own = folderOf(module.path);
  if (own === '.' || own.startsWith('src/')) return false;
  const has = (path: string): boolean => folder.files.some((file) => file.path === path);
  if (!has(`${own}/__init__.py`) || module.names.has('path')) return false;
  return module.imports.some(({ module: name }) => {
    const first = name.split('.')[0] ?? '';
    if (first === '' || has(`${own}/${first}.py`) || has(`${own}/${first}/__init__.py`)) return false;
    return has(`${first}.py`) || has(`${first}/__init__.py`);
  });
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
