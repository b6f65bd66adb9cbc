/** What people call the ways of searching, by the sampler's own name. Lower case, without `_`, `-` and blanks. */
const METHODS: Readonly<Record<string, string>> = {
  auto: 'auto',
  default: 'auto',
  bayesian: 'auto',
  bayes: 'auto',
  bayesianoptimization: 'auto',
  bayesopt: 'auto',
  smart: 'auto',
  grid: 'grid',
  gridsearch: 'grid',
  random: 'random',
  randomsearch: 'random',
  sobol: 'sobol',
  qmc: 'sobol',
  quasirandom: 'sobol',
  tpe: 'tpe',
  optuna: 'tpe',
  hyperopt: 'tpe',
  gp: 'gp',
  gaussianprocess: 'gp',
  cma: 'cma-es',
  cmaes: 'cma-es',
};

/** The sampler that a method means (`grid_search`, `bayesian`, …); undefined where nobody knows it. */
export function samplerNamed(method: string): string | undefined {
  const plain = method.toLowerCase().replaceAll(/[\s_-]/gu, '');
  return Object.hasOwn(METHODS, plain) ? METHODS[plain] : undefined;
}
