import type { Folder } from './folder.ts';
import { readModule, type PythonModule } from './python/module.ts';

/** The Python files of a folder, each read when it is first asked for. */
export class Modules {
  private readonly texts: ReadonlyMap<string, string>;
  private readonly read = new Map<string, PythonModule>();

  constructor(folder: Folder) {
    this.texts = new Map([...folder.texts].filter(([path]) => path.endsWith('.py')));
  }

  get(path: string): PythonModule | undefined {
    const known = this.read.get(path);
    const text = this.texts.get(path);
    if (known || text === undefined) return known;
    const module = readModule(path, text);
    this.read.set(path, module);
    return module;
  }

  /** Those whose path and text pass, at most `most`. */
  where(passes: (path: string, text: string) => boolean, most: number): PythonModule[] {
    const found: PythonModule[] = [];
    for (const [path, text] of this.texts) {
      if (found.length >= most) break;
      const module = passes(path, text) ? this.get(path) : undefined;
      if (module) found.push(module);
    }
    return found;
  }
}
