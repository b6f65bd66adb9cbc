import type { CommandSpec, OptionSpec } from './table.ts';

const METHODS = ['auto', 'grid', 'random', 'sobol', 'tpe', 'gp', 'cma-es'];

/** Options of `pawl sweep` that `pawl optimize --strategy sweep` takes as well. */
export const SWEEP_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--space <file>',
    about: 'the search space (default: sweep.space of pawl.yaml, else from the diagnosis)',
  },
  { flags: '--method <name>', about: 'auto, grid, random, sobol, tpe, gp or cma-es', suggests: METHODS },
  { flags: '--trials <n>', about: 'configurations at most; so many more for a finished sweep' },
  { flags: '--epochs <n>', about: 'epochs at most over the whole search' },
  { flags: '--hours <n>', about: 'wall-clock hours at most, with the confirmation' },
  {
    flags: '--pruner <name>',
    about: 'forecast, asha, asha-promotion, median or none',
    suggests: ['forecast', 'asha', 'asha-promotion', 'median', 'none'],
  },
  { flags: '--confirm <k>', about: 'configurations in the final round on fresh seeds (0: no test)' },
  { flags: '--no-early-stop', about: 'spend the whole budget, also when further gain is unlikely' },
  { flags: '--retry-failed', about: 'train the failed trials of the newest sweep again, nothing else' },
  {
    flags: '--import <file>',
    about: 'start from finished trials: an Optuna storage (SQLite, journal) or a CSV',
  },
  { flags: '--export <file>', about: 'write the sweep as an Optuna SQLite storage' },
];

/** Of `pawl optimize`. */
export const strategyOption: OptionSpec = {
  flags: '--strategy <name>',
  about: 'targeted: the recommended values; sweep: a search around them, then the same test',
  choices: ['targeted', 'sweep'],
  default: 'targeted',
};

/** `pawl sweep` and `pawl ask-tell`. */
export function sweepCommands(
  project: OptionSpec,
  diagnostic: OptionSpec,
  common: readonly OptionSpec[],
): CommandSpec[] {
  return [
    {
      name: 'sweep',
      group: 'Searching',
      summary: 'search hyperparameters, then prove that the best beats the baseline',
      description:
        'Tries configurations of a search space, the baseline and the recommended values first, ends hopeless trainings early and gives promising ones more seeds. The best is then tested against the baseline on fresh seeds. Ctrl-C once ends the runs gracefully; --resume continues.',
      arguments: [],
      options: [
        project,
        ...SWEEP_OPTIONS,
        diagnostic,
        {
          flags: '--iteration <n>',
          about: 'which round this is; 2 and 3 start from the best config so far',
          default: '1',
        },
        {
          flags: '--evidence <level>',
          about: 'how much evidence the test of the best one needs',
          choices: ['quick', 'standard', 'thorough'],
        },
        { flags: '--slots <n>', about: 'trainings at a time' },
        { flags: '--resume', about: 'continue an interrupted sweep' },
        { flags: '--fresh', about: 'start a new sweep even where one could be continued' },
        {
          flags: '--force',
          about: 'take parameters that the config lacks as new keys; pass the iteration limit',
        },
        { flags: '--dry-run', about: 'print the space, the budget and the first trials, then stop' },
        { flags: '--exit-code', about: 'exit 0 finalize, 10 iterate, 11 rediagnose, 12 accept' },
        ...common,
      ],
      examples: [
        { command: 'pawl sweep --dry-run', about: 'the space, the cost and the first trials, nothing else' },
        { command: 'pawl sweep --trials 40', about: '40 configurations; once more: 40 more' },
        { command: 'pawl sweep --space space.yaml --method tpe --hours 6', about: 'a space in its own file' },
        { command: 'pawl sweep --import optuna.db', about: 'go on from what Optuna has tried' },
      ],
    },
    {
      name: 'ask-tell',
      group: 'Searching',
      summary: 'suggest configurations to any program, by JSON lines',
      description:
        'Reads one JSON request a line from stdin and answers on stdout: {"op":"ask"} gives a trial, {"op":"tell","trial":0,"value":0.9} reports its result, with "step" an intermediate one. Needs no project.',
      arguments: [],
      options: [
        {
          flags: '--space <file>',
          about: 'the search space (or {"op":"open","space":{…}} as the first line)',
        },
        { flags: '--study <file>', about: 'keep the trials in this file, and go on from it' },
        {
          flags: '--method <name>',
          about: 'auto, grid, random, sobol, tpe, gp or cma-es',
          suggests: METHODS,
        },
        { flags: '--goal <goal>', about: 'which way is better (default: max)', choices: ['max', 'min'] },
        { flags: '--trials <n>', about: 'how many are planned, where that is known' },
        { flags: '--steps <n>', about: 'the last step of a full training, where that is known' },
        {
          flags: '--pruner <name>',
          about: 'asha, median or none (default: asha)',
          suggests: ['asha', 'median', 'none'],
        },
        { flags: '--seed <n>', about: 'seed of the suggestions (default: 0)' },
      ],
      examples: [
        {
          command: 'pawl ask-tell --space space.yaml --study trials.jsonl',
          about: 'a program asks and tells; the trials survive it',
        },
      ],
    },
  ];
}
