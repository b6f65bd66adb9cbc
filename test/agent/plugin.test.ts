import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../toy-project.ts';

const json = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const author = z.strictObject({ name: z.string(), email: z.string().optional(), url: z.string().optional() });
const plugin = z.strictObject({
  name: z.string().regex(NAME),
  version: z.string(),
  description: z.string(),
  author,
  license: z.string(),
  keywords: z.array(z.string()),
});
const servers = z.strictObject({
  mcpServers: z.record(z.string(), z.strictObject({ command: z.string(), args: z.array(z.string()) })),
});
const frontmatter = (file: string): Record<string, unknown> =>
  z
    .record(z.string(), z.unknown())
    .parse(parse(/^---\n([\s\S]*?)\n---\n/.exec(readFileSync(join(ROOT, file), 'utf8'))?.[1] ?? ''));

describe('the plugin', () => {
  const { version } = z.looseObject({ version: z.string() }).parse(json('package.json'));

  it('has a manifest and a marketplace that agree with the package', () => {
    const manifest = plugin.parse(json('plugin/.claude-plugin/plugin.json'));
    expect(manifest.version).toBe(version);
    const marketplace = z
      .strictObject({
        $schema: z.literal('https://json.schemastore.org/claude-code-marketplace.json'),
        name: z.string().regex(NAME),
        version: z.literal(version),
        description: z.string(),
        owner: author,
        plugins: z.array(
          z.strictObject({
            name: z.literal(manifest.name),
            source: z.string().startsWith('./'),
            description: z.string(),
            version: z.literal(version),
            category: z.string(),
          }),
        ),
      })
      .parse(json('.claude-plugin/marketplace.json'));
    expect(marketplace.plugins).toHaveLength(1);
    for (const { source } of marketplace.plugins)
      expect(existsSync(join(ROOT, source, '.claude-plugin', 'plugin.json'))).toBe(true);
    // Only the manifest lives there; components are found in their default folders.
    expect(readdirSync(join(ROOT, 'plugin', '.claude-plugin'))).toEqual(['plugin.json']);
  });

  it('has commands with the keys of commands, and the arguments of the seed', () => {
    const commands = readdirSync(join(ROOT, 'plugin', 'commands')).toSorted();
    expect(commands).toEqual(['diagnose.md', 'finalize.md', 'optimize.md']);
    for (const name of commands) {
      const keys = z
        .strictObject({ description: z.string(), 'argument-hint': z.string(), 'allowed-tools': z.string() })
        .parse(frontmatter(join('plugin', 'commands', name)));
      // Nothing but the tool's own command may be run without being asked.
      expect(keys['allowed-tools']).toBe('Bash(pawl:*), Bash(npx pawl:*), Read');
    }
    const hint = String(frontmatter('plugin/commands/optimize.md')['argument-hint']);
    expect(hint).toBe('[--diagnostic path/to/diagnostic_report.md] [--iteration N]');
  });

  it('has a skill by the open standard', () => {
    const keys = z
      .strictObject({
        name: z.literal('pawl'),
        description: z.string().min(1).max(1024),
        license: z.string(),
        compatibility: z.string().max(500),
        'allowed-tools': z.string(),
      })
      .parse(frontmatter('.agents/skills/pawl/SKILL.md'));
    expect(keys['allowed-tools']).not.toContain(',');
  });
});

describe('the server of the plugin', () => {
  let home = '';
  let project = '';
  const root = (): string => join(home, 'plugin');
  const { mcpServers } = servers.parse(json('plugin/.mcp.json'));
  const server = mcpServers['pawl'];

  beforeAll(() => {
    // As it is installed: the folder of the plugin alone.
    home = mkdtempSync(join(tmpdir(), 'pawl-plugin-'));
    cpSync(join(ROOT, 'plugin'), root(), { recursive: true });
    project = join(home, 'project');
    mkdirSync(project);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  async function tools(env: Record<string, string>): Promise<string[]> {
    const args = (server?.args ?? []).map((each) => each.replace('${CLAUDE_PLUGIN_ROOT}', root()));
    const transport = new StdioClientTransport({
      command: server?.command ?? '',
      args,
      env: { CLAUDE_PROJECT_DIR: project, ...env },
      stderr: 'ignore',
    });
    const client = new Client({ name: 'test', version: '1' });
    try {
      await client.connect(transport);
      return (await client.listTools()).tools.map(({ name }) => name);
    } finally {
      await client.close();
    }
  }

  const node = dirname(process.execPath);

  it('starts the pawl on the PATH', async () => {
    const bin = join(home, 'bin');
    mkdirSync(bin);
    symlinkSync(join(ROOT, 'bin', 'pawl'), join(bin, 'pawl'));
    expect(await tools({ PATH: `${bin}:${node}` })).toContain('start');
  });

  it('starts the one that the project has installed', async () => {
    mkdirSync(join(project, 'node_modules'));
    symlinkSync(ROOT, join(project, 'node_modules', 'pawl'));
    expect(await tools({ PATH: node })).toContain('start');
    rmSync(join(project, 'node_modules'), { recursive: true });
  });

  it('ends where there is none', async () => {
    // No registry can be reached either.
    const env = {
      PATH: node,
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(home, 'cache'),
    };
    await expect(tools(env)).rejects.toThrow();
  });
});
