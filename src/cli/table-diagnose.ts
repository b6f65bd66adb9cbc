import type { CommandSpec, OptionSpec } from './table.ts';

/** `pawl diagnose`. */
export function diagnoseCommand(project: OptionSpec, common: readonly OptionSpec[]): CommandSpec {
  return {
    name: 'diagnose',
    group: 'From a baseline to a final model',
    summary: 'find what holds a training back, and write a diagnostic report',
    description:
      'Reads the learning curves of one configuration (several seeds where there are) and its config, finds the primary issue and secondary ones with their evidence, recommends changes of the config, and writes diagnostic_report.md, which `pawl plan` and `pawl optimize` read. Without RESULTS: the baseline of the project here.',
    arguments: [{ name: '[results...]', about: 'logs or folders of runs of one configuration' }],
    options: [
      project,
      {
        flags: '--config <file>',
        about: 'the config they were trained with (default: baseline.config of pawl.yaml)',
      },
      { flags: '--metric <name>', about: 'the validation metric that decides' },
      { flags: '--goal <goal>', about: 'which way is better', choices: ['max', 'min'] },
      { flags: '--target <value>', about: 'the value to reach, such as 80%' },
      { flags: '--out <file>', about: 'where the report goes (default: diagnostic_report.md)' },
      { flags: '--no-plot', about: 'do not draw the learning curves' },
      { flags: '--dry-run', about: 'print the diagnosis, write nothing' },
      ...common,
    ],
    examples: [
      { command: 'pawl diagnose', about: 'the baseline of the project here' },
      {
        command: 'pawl diagnose runs/base-* --config config.yaml --target 80%',
        about: 'several seeds, without a project',
      },
      {
        command: 'pawl diagnose train.log --metric val_acc --json --dry-run',
        about: 'as JSON, writing nothing',
      },
    ],
  };
}
