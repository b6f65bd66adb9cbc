import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseFlags } from '../cli/options.ts';
import { COMMANDS } from '../cli/table.ts';
import { TOOLS } from './tools.ts';

/** What belongs to the server or to terminals, and what would let a request choose a file that is written. */
const NOT_FOR_AGENTS = ['project', 'json', 'quiet', 'color', 'exitCode', 'export'];

describe.each([
  ['start', 'optimize'],
  ['start_sweep', 'sweep'],
  ['start_finalize', 'finalize'],
])('%s and `pawl %s`', (tool, command) => {
  const input = TOOLS.find(({ name }) => name === tool)?.input;
  const schema = z
    .object({ properties: z.record(z.string(), z.looseObject({ enum: z.array(z.string()).optional() })) })
    .parse(input && z.toJSONSchema(input, { io: 'input' }));
  const options = (COMMANDS.find(({ name }) => name === command)?.options ?? [])
    // With --strategy sweep they are those of start_sweep.
    .filter((option) => option.group !== 'With --strategy sweep' && !option.flags.startsWith('--strategy'))
    .map((option) => ({
      name: parseFlags(option)
        .long.replace(/^--(?:no-)?/, '')
        .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      values: option.choices ?? option.suggests,
    }))
    .filter(({ name }) => !NOT_FOR_AGENTS.includes(name));

  it('take the same options', () => {
    expect(Object.keys(schema.properties).toSorted()).toEqual(options.map(({ name }) => name).toSorted());
  });

  it('allow the same values', () => {
    const enumerated = options.filter(({ values }) => values !== undefined);
    expect(enumerated.map(({ name }) => [name, schema.properties[name]?.enum])).toEqual(
      enumerated.map(({ name, values }) => [name, values]),
    );
  });
});
