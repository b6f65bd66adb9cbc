import { formatNames } from '../metrics/registry.ts';
import { DECISION_CODES, EXIT_CODES } from './exit-codes.ts';
import { parseFlags } from './options.ts';
import { COMMANDS } from './table.ts';
import { version } from './version.ts';

/** Version of every `--json` document and of the events in the store. It grows when a field goes or changes its sense. */
const SCHEMA_VERSION = 1;

export interface Capabilities {
  schemaVersion: 1;
  version: string;
  node: string;
  commands: {
    name: string;
    group: string;
    summary: string;
    description: string;
    arguments: readonly { name: string; about: string; choices: readonly string[] | null }[];
    options: {
      flags: string;
      short: string | null;
      long: string;
      value: string | null;
      choices: readonly string[] | null;
      /** Heading in the help; null for the command's own options. */
      group: string | null;
      default: string | boolean | null;
      about: string;
    }[];
    examples: readonly { command: string; about: string }[];
    /** Version of its `--json` document; null where it has none. */
    json: number | null;
  }[];
  exitCodes: readonly { code: number; about: string }[];
  /** With --exit-code. */
  decisionCodes: Readonly<Record<string, number>>;
  formats: readonly string[];
  tools: { name: string; description: string; isReadOnly: boolean }[];
}

/** What this Pawl can do, from the same tables that parse, help and serve. */
export async function capabilities(): Promise<Capabilities> {
  const { TOOLS } = await import('../mcp/tools.ts');
  return {
    schemaVersion: 1,
    version,
    node: process.version,
    commands: COMMANDS.map(({ name, group, summary, description, arguments: args, options, examples }) => ({
      name,
      group,
      summary,
      description,
      arguments: args.map((argument) => ({ ...argument, choices: argument.choices ?? null })),
      options: options.map((option) => ({
        flags: option.flags,
        ...parseFlags(option),
        choices: option.choices ?? null,
        group: option.group ?? null,
        default: option.default ?? null,
        about: option.about,
      })),
      examples,
      json: options.some(({ flags }) => flags === '--json') ? SCHEMA_VERSION : null,
    })),
    exitCodes: EXIT_CODES,
    decisionCodes: DECISION_CODES,
    formats: formatNames,
    tools: TOOLS.map(({ name, description, isReadOnly }) => ({ name, description, isReadOnly })),
  };
}
