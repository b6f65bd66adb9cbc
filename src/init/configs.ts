import { allPaths, equalValues, getAt, leafPaths } from '../config/lookup.ts';
import { folderOf, nameOf, stemOf, type Folder, type FoundConfig } from './folder.ts';
import type { Start } from './start.ts';

export interface RankedConfig extends FoundConfig {
  score: number;
  why: string;
}

const SETTING =
  /^(?:(?:max_|num_|n_)?(?:train_)?epochs?|batch_?size|lr|learning_?rate|optimi[sz]er|weight_?decay|dropout|momentum|(?:lr_)?scheduler|early_?stop(?:ping)?|patience|model|train(?:ing|er)?|loss|seed|hidden(?:_\w+)?|layers?|n_estimators|max_depth|num_leaves|num_boost_round|eta|augment(?:ation)?s?|warmup\w*|gradient_\w+|per_device_train_batch_size|num_train_epochs|data(?:set)?|architecture|arch|backbone)$/i;
const ENOUGH = 1.5;
/** Two within this are alike: the choice is said to be one. */
const CLOSE = 1;

/** Files that may be the config of the training, the likeliest first. */
export function rankConfigs(folder: Folder, start: Start | undefined): RankedConfig[] {
  return folder.configs
    .filter(({ path }) => {
      const accepts = start?.accepts ?? [];
      return accepts.length === 0 || accepts.some((extension) => path.toLowerCase().endsWith(extension));
    })
    .map((config) => ({ ...config, ...judge(config, folder, start) }))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score || a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
}

/** Whether a key reads like a setting of a training. */
export function isSetting(key: string): boolean {
  return SETTING.test(key);
}

/** Names of training settings that a config holds. */
export function settingsOf(value: FoundConfig['value']): Set<string> {
  return new Set(
    allPaths(value)
      .map((each) => each.at(-1))
      .filter((key): key is string => typeof key === 'string' && SETTING.test(key)),
  );
}

/** Those that could be meant as well as the first. */
export function rivalsOf(ranked: readonly RankedConfig[]): RankedConfig[] {
  const [first, ...others] = ranked;
  return first ? others.filter(({ score }) => score > first.score - CLOSE) : [];
}

function judge(
  { path, value }: FoundConfig,
  folder: Folder,
  start: Start | undefined,
): { score: number; why: string } {
  const used = start?.configs.indexOf(path) ?? -1;
  const settings = settingsOf(value);
  const isCopy = folder.runs.some((run) => folderOf(run.path) === folderOf(path) && folderOf(path) !== '.');
  let score = Math.min(6, settings.size);
  score += nameScore(path);
  score -= 0.1 * path.split('/').length;
  if (isCopy || path.includes('.hydra/')) score -= 8;
  if (used >= 0) score += 12 - Math.min(6, used);
  const proof = folder.runs.find((run) =>
    copiesOf(run.path, folder).some((copy) => copy.path !== path && covers(copy, value)),
  );
  if (proof && !isCopy) score += 6;
  const why =
    used >= 0
      ? 'the training is used with it'
      : proof
        ? `the run in ${folderOf(proof.path)} holds a copy of it`
        : settings.size > 0
          ? `it holds ${[...settings].slice(0, 4).join(', ')}`
          : 'its name';
  return { score, why };
}

function nameScore(path: string): number {
  const stem = stemOf(path);
  let score = 0;
  if (/(?:^|[_-])(?:train|training|baseline)(?:[_-]|$)/.test(stem)) score += 3;
  else if (/^(?:config|cfg|default|base|params|hparams|hyperparameters|settings|experiment)$/.test(stem))
    score += 2;
  if (/(?:^|\/)(?:configs?|conf|cfgs?|params|experiments?)\//.test(path)) score += 1;
  if (
    /optimi[sz]ation_config|previous-\d|smoke|debug|tiny|test|deploy|infer|eval|data(?:set)?s?$|sweep|search|logging|accelerate|deepspeed|fsdp|zero\d/.test(
      stem,
    )
  )
    score -= 4;
  if (/(?:^|\/)(?:tests?|docs?|examples?|third_party|old|archive)\//.test(path)) score -= 3;
  return score;
}

/** Configs that lie with a run: what it was trained with. */
export function copiesOf(log: string, folder: Folder): FoundConfig[] {
  const own = folderOf(log);
  return own === '.'
    ? []
    : folder.configs.filter(
        ({ path }) => folderOf(path) === own && /\.(?:ya?ml|json|toml)$/.test(nameOf(path)),
      );
}

/** Whether a run's own config agrees with every value of `value`, its seed and folders aside. */
export function covers(copy: FoundConfig, value: FoundConfig['value']): boolean {
  const paths = leafPaths(value).filter(
    (path) => !/seed|dir|path|output|name|resume|description/i.test(String(path.at(-1))),
  );
  return paths.length >= 3 && paths.every((path) => equalValues(getAt(copy.value, path), getAt(value, path)));
}
