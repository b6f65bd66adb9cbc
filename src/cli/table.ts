import { diagnoseCommand } from './table-diagnose.ts';
import { strategyOption, SWEEP_OPTIONS, sweepCommands } from './table-sweep.ts';

/** The one table of commands and options: the parser, --help, completion and the reference are made from it. */
export interface OptionSpec {
  /** As commander reads it: `--seeds <list>`, `-q, --quiet`, `--no-smoke`. */
  flags: string;
  about: string;
  default?: string | boolean | undefined;
  /** Values that are allowed; others are refused with this list. */
  choices?: readonly string[];
  /** Values that a shell offers although others are allowed; `formats`: the names of the log formats. */
  suggests?: readonly string[] | 'formats';
  /** Heading in the help; the options of a command stand under theirs. */
  group?: string;
}

export interface ArgumentSpec {
  /** `<file>` required, `[run]` optional, `<runs...>` variadic. */
  name: string;
  about: string;
  /** Values that are allowed. */
  choices?: readonly string[];
}

export interface CommandSpec {
  name: string;
  /** Heading in the list of commands. */
  group: (typeof GROUPS)[number];
  summary: string;
  description: string;
  arguments: readonly ArgumentSpec[];
  options: readonly OptionSpec[];
  examples: readonly { command: string; about: string }[];
}

/** Headings of the list of commands, in their order. */
export const GROUPS = [
  'From a baseline to a final model',
  'Searching',
  'Following',
  'Reading logs',
  'For agents and shells',
] as const;

const project: OptionSpec = {
  flags: '--project <path>',
  about: 'folder of pawl.yaml (default: searched from here upward)',
};
export const OUTPUT = 'Output';
const json: OptionSpec = {
  flags: '--json',
  about: 'print one JSON document on stdout, on failure too',
  group: OUTPUT,
};
const quiet: OptionSpec = {
  flags: '-q, --quiet',
  about: 'no progress or messages; errors only',
  group: OUTPUT,
};
const color: OptionSpec = { flags: '--no-color', about: 'no colours (also NO_COLOR)', group: OUTPUT };
const common = [json, quiet, color] as const;

const diagnostic: OptionSpec = {
  flags: '--diagnostic <file>',
  about: 'the diagnostic report (default: diagnostic_report.md)',
};

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'init',
    group: 'From a baseline to a final model',
    summary: 'propose a pawl.yaml for a folder and write it',
    description:
      'Looks at the folder (config files, training scripts, logs of earlier runs), proposes a pawl.yaml and writes it. Scripts are read and never run, but for --run-help (or a yes to that question). Asks only on a terminal; an existing pawl.yaml is never overwritten without --force.',
    arguments: [],
    options: [
      { flags: '--project <path>', about: 'the folder (default: here)' },
      { flags: '--train <command>', about: 'the training command, with {config} {output} {seed}' },
      { flags: '--run-help', about: 'run the training command with --help and read its flags' },
      { flags: '--config <file>', about: 'the baseline config' },
      { flags: '--metric <name>', about: 'the validation metric that decides' },
      { flags: '--target <value>', about: 'the value to reach, such as 80%' },
      { flags: '--yes', about: 'write without asking' },
      { flags: '--dry-run', about: 'print the proposal, write nothing' },
      { flags: '--force', about: 'replace an existing pawl.yaml (it is kept beside)' },
      ...common,
    ],
    examples: [
      { command: 'pawl init', about: 'look at the folder, ask, write' },
      { command: 'pawl init --dry-run', about: 'only show the proposal' },
      {
        command: "pawl init --train 'python train.py' --run-help",
        about: 'a script without a config file: take its flags and their defaults from its --help',
      },
    ],
  },
  diagnoseCommand(project, common),
  {
    name: 'plan',
    group: 'From a baseline to a final model',
    summary: 'show the changes a report asks for, and what cannot be applied and why',
    description:
      'Reads the diagnostic report and the baseline config and prints the changes. Writes nothing.',
    arguments: [],
    options: [
      project,
      diagnostic,
      { flags: '--config <file>', about: 'the baseline config (default: baseline.config of pawl.yaml)' },
      ...common,
    ],
    examples: [
      { command: 'pawl plan', about: 'the plan of the project here' },
      {
        command: 'pawl plan --diagnostic report.md --config config.yaml --json',
        about: 'without a project, as JSON',
      },
    ],
  },
  {
    name: 'optimize',
    group: 'From a baseline to a final model',
    summary: 'apply the recommended changes, train, compare, report, decide',
    description:
      'The main job: loads the diagnosis, writes optimization_config.yaml, checks that the changes take effect, trains, compares with the baseline, writes the report, the plots and the checklist, and decides what to do next. Ctrl-C once ends the runs gracefully, twice at once; --resume continues.',
    arguments: [],
    options: [
      project,
      diagnostic,
      {
        flags: '--iteration <n>',
        about: 'which round this is; 2 and 3 start from the best config so far',
        default: '1',
      },
      {
        flags: '--evidence <level>',
        about: 'how much evidence a verdict needs (default: pawl.yaml, else standard)',
        choices: ['quick', 'standard', 'thorough'],
      },
      { flags: '--seeds <list>', about: 'the seeds of the runs, such as 42,43,44' },
      { flags: '--budget <runs|hours>', about: 'at most so many trainings (12) or hours (8h)' },
      { flags: '--slots <n>', about: 'trainings at a time' },
      {
        flags: '--auto',
        about:
          'iterate by itself: diagnose, optimize, until the target is confirmed or nothing is left to gain',
      },
      { flags: '--attribute', about: 'also find out which change helped (more trainings)' },
      {
        flags: '--without <paths>',
        about: 'leave these planned changes out, such as optimizer.weight_decay',
      },
      { flags: '--no-smoke', about: 'skip the short check runs' },
      { flags: '--no-extend', about: 'never raise the epoch limit' },
      { flags: '--no-early-kill', about: 'never stop a run that looks hopeless' },
      { flags: '--resume', about: 'continue an interrupted study' },
      { flags: '--fresh', about: 'start a new study even where one could be continued' },
      { flags: '--force', about: 'pass the gate and the iteration limit; the report says so' },
      { flags: '--dry-run', about: 'say what would be done and what it costs, then stop' },
      { flags: '--exit-code', about: 'exit 0 finalize, 10 iterate, 11 rediagnose, 12 accept' },
      strategyOption,
      ...SWEEP_OPTIONS.map((option) => ({ ...option, group: 'With --strategy sweep' })),
      ...common,
    ],
    examples: [
      { command: 'pawl optimize', about: 'with diagnostic_report.md of the project here' },
      { command: 'pawl optimize --diagnostic results/my_diagnostic_report.md', about: 'with another report' },
      { command: 'pawl optimize --iteration 2', about: 'the second round, from the best config so far' },
      { command: 'pawl optimize --auto --budget 30', about: 'up to three rounds, 30 trainings in all' },
      { command: 'pawl optimize --dry-run', about: 'the plan and its cost, nothing else' },
      {
        command: 'pawl optimize --evidence quick',
        about: 'one run of each: fast, and said to be unverified',
      },
    ],
  },
  ...sweepCommands(project, diagnostic, common),
  {
    name: 'compare',
    group: 'Reading logs',
    summary: 'compare two runs or groups of runs, in any log format',
    description:
      'Compares the runs before `--` (baseline) with those after it (optimized); with two arguments the `--` may be left out. Needs no project.',
    arguments: [{ name: '[runs...]', about: 'metrics files or folders; baseline -- optimized' }],
    options: [
      { flags: '--values <list>', about: 'bare numbers instead of files: --values 78.1,78.9 -- 82.0,81.1' },
      { flags: '--metric <name>', about: 'the metric to compare' },
      { flags: '--goal <goal>', about: 'which way is better', choices: ['max', 'min'] },
      {
        flags: '--select <which>',
        about: 'which value of a curve stands for the run (default: best)',
        choices: ['best', 'last'],
      },
      { flags: '--plot <file>', about: 'write a plot (.png or .svg)' },
      ...common,
    ],
    examples: [
      { command: 'pawl compare results/baseline results/optimized', about: 'two runs' },
      { command: 'pawl compare runs/base-* -- runs/opt-*', about: 'two groups of runs' },
      {
        command: 'pawl compare --values 78.1,78.9,77.6 -- 82.0,81.1,83.0',
        about: 'bare numbers, paired by position',
      },
    ],
  },
  {
    name: 'metrics',
    group: 'Reading logs',
    summary: 'read any training log as one normalized curve',
    description:
      'Recognises the format of a training log (or finds the log in a folder) and prints its curve.',
    arguments: [{ name: '<file>', about: 'a log file or a folder' }],
    options: [
      { flags: '--format <name>', about: 'the format, where it is not recognised', suggests: 'formats' },
      ...common,
    ],
    examples: [
      { command: 'pawl metrics results/baseline', about: 'as a table' },
      { command: 'pawl metrics train.log --json', about: 'as JSON' },
    ],
  },
  {
    name: 'status',
    group: 'Following',
    summary: 'what runs, has run and was decided',
    description:
      'Shows the newest study of the project: its runs, verdict and decision. Works while a study is running.',
    arguments: [],
    options: [project, { flags: '--all', about: 'list all studies' }, ...common],
    examples: [{ command: 'pawl status', about: 'the newest study' }],
  },
  {
    name: 'sync',
    group: 'Following',
    summary: 'send to MLflow and TensorBoard what they do not have yet',
    description:
      'Brings the trackers of `tracking:` in pawl.yaml to what the newest study is: runs that could not be sent while a server was down, and studies that ran before there was a `tracking:`. Sends nothing twice.',
    arguments: [],
    options: [
      project,
      { flags: '--all', about: 'all studies of the project' },
      { flags: '--check', about: 'compare with what the trackers hold, whatever was noted as sent' },
      ...common,
    ],
    examples: [
      { command: 'pawl sync', about: 'after an outage' },
      { command: 'pawl sync --all', about: 'everything, to a new server' },
    ],
  },
  {
    name: 'logs',
    group: 'Following',
    summary: 'show the output of a run',
    description: 'Prints what a training wrote to stdout and stderr; without RUN, that of the newest run.',
    arguments: [{ name: '[run]', about: 'id of the run, such as optimized-1-s42' }],
    options: [
      project,
      { flags: '-f, --follow', about: 'go on as the log grows, until the run ends' },
      { flags: '-n, --lines <n>', about: 'only the last lines' },
      ...common,
    ],
    examples: [
      { command: 'pawl logs', about: 'the newest run' },
      { command: 'pawl logs optimized-1-s42 --follow', about: 'follow one' },
    ],
  },
  {
    name: 'stop',
    group: 'Following',
    summary: 'end the running study gracefully',
    description:
      'Asks the running `pawl optimize` to end its trainings and itself; --now ends them at once. Also ends trainings that a killed pawl left behind.',
    arguments: [],
    options: [
      project,
      { flags: '--now', about: 'do not wait for trainings to end by themselves' },
      ...common,
    ],
    examples: [{ command: 'pawl stop', about: 'nothing is lost; `pawl optimize --resume` continues' }],
  },
  {
    name: 'report',
    group: 'Following',
    summary: 'rebuild report, plots, checklist and JSON from the store',
    description: 'Writes the artifacts of a concluded iteration again, from what is stored.',
    arguments: [],
    options: [
      project,
      { flags: '--iteration <n>', about: 'which iteration (default: the last concluded)' },
      ...common,
    ],
    examples: [{ command: 'pawl report', about: 'the last iteration' }],
  },
  {
    name: 'finalize',
    group: 'From a baseline to a final model',
    summary: 'train the accepted config a last time and read the test metric once',
    description:
      'Writes final_config.yaml from the best accepted config, extends epochs and patience where early stopping ends the training, trains it, reads the test metric once, and writes test_results.md and a model card. Blocked (exit 3) until a study ended with finalize or accept, and where the test data was looked at before.',
    arguments: [],
    options: [
      project,
      {
        flags: '--seeds <list>',
        about: 'the seeds of the final runs (default: finalize.seeds, else the first of the study)',
      },
      { flags: '--slots <n>', about: 'trainings at a time' },
      { flags: '--no-extend', about: 'train exactly as it was tested' },
      {
        flags: '--force',
        about: 'pass the gate, also for a second look at the test data; the results say so',
      },
      { flags: '--dry-run', about: 'say what would be done, then stop' },
      ...common,
    ],
    examples: [
      { command: 'pawl finalize', about: 'after `pawl optimize` decided finalize or accept' },
      { command: 'pawl finalize --seeds 42-44', about: 'three final runs' },
    ],
  },
  {
    name: 'mcp',
    group: 'For agents and shells',
    summary: 'serve the same verbs to coding agents (MCP on stdin and stdout)',
    description:
      'Speaks the Model Context Protocol on stdin and stdout: diagnose, plan, start, start_sweep, status, wait, stop, report, start_finalize, compare, metrics. What is trained is fixed by pawl.yaml; no request can name a command or a file outside the project. A study that was started goes on when the client leaves.',
    arguments: [],
    options: [project],
    examples: [{ command: 'pawl mcp --project ~/my-training', about: 'as an agent starts it' }],
  },
  {
    name: 'completion',
    group: 'For agents and shells',
    summary: 'print the completion script of a shell',
    description: 'Prints a script that completes commands, options and their values on Tab.',
    arguments: [{ name: '<shell>', about: 'your shell', choices: ['bash', 'zsh', 'fish'] }],
    options: [],
    examples: [
      { command: 'source <(pawl completion bash)', about: 'in ~/.bashrc; zsh: the same in ~/.zshrc' },
      { command: 'pawl completion fish | source', about: 'in ~/.config/fish/config.fish' },
    ],
  },
  {
    name: 'capabilities',
    group: 'For agents and shells',
    summary: 'what this Pawl can do: commands, options, exit codes, formats, MCP tools',
    description:
      'Prints the tables that the parser, the help and the servers are made from, for agents and for tools built on Pawl.',
    arguments: [],
    options: [...common],
    examples: [{ command: 'pawl capabilities --json', about: 'as one JSON document' }],
  },
];
