import { folderOf, nameOf, stemOf } from './folder.ts';
import type { Modules } from './modules.ts';
import type { Flag } from './python/flag.ts';
import type { PythonModule } from './python/module.ts';

/** A Python file that may be what trains. */
export interface Script {
  module: PythonModule;
  /** Its own flags, or those of the local modules that it takes its parser from. */
  flags: readonly Flag[];
  /** Local modules that it imports, directly or through others. */
  uses: readonly PythonModule[];
  score: number;
}

const ENOUGH = 5;
const TRAINS =
  /(?:^|\.)(?:backward|fit|fit_generator|train|train_model|train_epoch|train_one_epoch|train_step|LightningCLI|GradientTape|value_and_grad|update_on_batch|train_on_batch|step|Trainer|SFTTrainer|cross_val_score|learn|fine_tune|fit_one_cycle)$/;
const FOREIGN =
  /(?:^|[_-])(?:tests?|conftest|setup|eval|evaluate|evaluation|predict|prediction|infer|inference|export|download|preprocess|prepare|convert|plot|visuali[sz]e|demo|serve|server|app|api|utils?|helpers?|datasets?|dataloaders?|data|models?|networks?|losses|metrics|optuna|sweep|tune|benchmark|score|report|version|init|noxfile|fabfile)(?:[_-]|$)/;
const ASIDE =
  /(?:^|\/)(?:tests?|testing|docs?|examples?|notebooks?|third_party|vendor|legacy|old|archive|deprecated|benchmarks?)\//;

/** Files that are read as possible scripts. */
const MOST = 40;
const STARTS = /__main__|@hydra|LightningCLI|add_argument|sys\.argv|\.fit\(|\.train\(|backward\(|train_step/;

/** Modules that may be scripts: by their names, else by what stands in them. */
export function likelyScripts(modules: Modules): PythonModule[] {
  const named = modules.where((path) => nameScore(stemOf(path)) > 0 && !isTest(path), MOST);
  const others = modules.where(
    (path, text) => STARTS.test(text) && nameScore(stemOf(path)) === 0 && !isTest(path),
    MOST,
  );
  return [...named, ...others];
}

/** Scripts that look like trainings, the likeliest first. */
export function rankScripts(likely: readonly PythonModule[], modules: Modules): Script[] {
  return likely
    .filter((module) => scoreOf(module, [], module.flags) >= ENOUGH - 3)
    .map((module) => {
      const uses = localModules(module, modules);
      const borrowed = uses.flatMap(({ flags, hasMain }) => (hasMain ? [] : flags));
      const flags = module.flags.length > 0 ? module.flags : borrowed;
      return { module, uses, flags, score: scoreOf(module, uses, flags) };
    })
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score || a.module.path.length - b.module.path.length);
}

export function isTest(path: string): boolean {
  return /(?:^|\/)(?:tests?\/|tests?_[^/]*$|conftest\.py$|[^/]*_test\.py$)/.test(path);
}

function scoreOf(module: PythonModule, uses: readonly PythonModule[], flags: readonly Flag[]): number {
  const { path, calls, hasMain, hydra, argv } = module;
  const stem = nameOf(path) === '__main__.py' ? 'main' : stemOf(path);
  const trains = (of: PythonModule): boolean => of.calls.some(({ callee }) => TRAINS.test(callee));
  let score = nameScore(stem);
  if (FOREIGN.test(stem) && !/train|fit/.test(stem)) score -= 6;
  if (ASIDE.test(`/${path}`)) score -= 3;
  score -= 0.5 * (path.split('/').length - 1);
  if (trains(module)) score += 4;
  else if (uses.some(trains)) score += 2;
  if (hasMain || hydra) score += 1;
  if (hydra) score += 3;
  if (flags.length > 0 || argv.length > 0) score += 1;
  if (!hasMain && !hydra && calls.length === 0) score -= 5;
  // A module of functions only does nothing when it is run.
  if (!hasMain && !hydra && module.flags.length === 0 && !trains(module)) score -= 3;
  return score;
}

function nameScore(stem: string): number {
  if (/^train(?:ing|er)?$/.test(stem)) return stem === 'trainer' ? 3 : 6;
  if (/(?:^|[_-])(?:train|training|pretrain|finetune|fine[_-]?tune|fit)(?:[_-]|$)/.test(stem)) return 5;
  if (stem === 'main') return 3;
  if (/^run(?:[_-]|$)/.test(stem)) return 3;
  if (/^(?:experiment|exp|sft|cli|launch)(?:[_-]|$)/.test(stem)) return 2;
  return 0;
}

const DEPTH = 3;

function localModules(module: PythonModule, modules: Modules): PythonModule[] {
  const found = new Set<PythonModule>();
  let level = [module];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    level = level.flatMap((each) =>
      each.imports.flatMap(({ module: name, names }) =>
        candidatePaths(each.path, name, names).flatMap((path) => {
          const other = modules.get(path);
          if (!other || other === module || found.has(other)) return [];
          found.add(other);
          return [other];
        }),
      ),
    );
  }
  return [...found];
}

/** Where a module may lie: beside the importer, at the top, under src/. */
export function candidatePaths(importer: string, name: string, names: readonly string[]): string[] {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const own = folderOf(importer) === '.' ? [] : folderOf(importer).split('/');
  const rest = name
    .slice(dots)
    .split('.')
    .filter((part) => part !== '');
  const roots = dots > 0 ? [own.slice(0, own.length - dots + 1)] : [own, [], ['src']];
  return roots.flatMap((root) => {
    const base = [...root, ...rest].join('/');
    const members = names.map((member) => `${base === '' ? '' : `${base}/`}${member}.py`);
    return [...(base === '' ? [] : [`${base}.py`, `${base}/__init__.py`]), ...members];
  });
}
