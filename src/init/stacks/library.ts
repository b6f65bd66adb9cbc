import type { PythonModule } from '../python/module.ts';
import type { Script } from '../scripts.ts';

const LIBRARIES: readonly [name: string, shown: string][] = [
  ['lightning', 'Lightning'],
  ['pytorch_lightning', 'Lightning'],
  ['transformers', 'Hugging Face'],
  ['ultralytics', 'Ultralytics'],
  ['keras', 'Keras'],
  ['tensorflow', 'TensorFlow'],
  ['xgboost', 'XGBoost'],
  ['lightgbm', 'LightGBM'],
  ['catboost', 'CatBoost'],
  ['stable_baselines3', 'Stable-Baselines3'],
  ['fastai', 'fastai'],
  ['torch', 'PyTorch'],
  ['jax', 'JAX'],
  ['sklearn', 'scikit-learn'],
];

/** What a script trains with, for people. */
export function stackName({ module, uses }: Script): string {
  const of = (modules: readonly PythonModule[]): string | undefined =>
    LIBRARIES.find(([name]) => modules.some(({ packages }) => packages.has(name)))?.[1];
  return of([module]) ?? of(uses) ?? 'Python';
}
