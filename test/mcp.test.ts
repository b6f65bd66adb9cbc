import { spawn } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, closeAll, connect, processesOf, project, untilOver } from './mcp-client.ts';
import { PAWL } from './toy-project.ts';

afterEach(closeAll);

describe('pawl mcp', () => {
  it('takes an agent from the plan to the report', async () => {
    const folder = project();
    const { client } = await connect(folder);
    const { tools } = await client.listTools();
    for (const { name, inputSchema, outputSchema, description } of tools) {
      expect(description, name).toMatch(/\w{3}/);
      expect(inputSchema['additionalProperties'], name).toBe(false);
      expect(outputSchema?.['type'], name).toBe('object');
    }
    expect((await call(client, 'status')).document).toMatchObject({ state: 'none', study: null });
    expect((await call(client, 'report')).error).toBe('MCP_NO_OUTCOME');

    expect((await call(client, 'diagnose')).error).toBe('DIAGNOSIS_NO_RUNS');
    const plan = await call(client, 'plan');
    expect(plan.document['changes']).toHaveLength(3);

    const started = await call(client, 'start', { budget: { runs: 8 } });
    expect(started.error).toBeNull();
    expect(started.document['id']).toMatch(/^\d{14}-[\da-f]{6}$/);
    expect((await call(client, 'start')).error).toBe('STUDY_LOCKED');

    const over = await untilOver(client);
    expect(over).toMatchObject({ state: 'concluded', iteration: 1, failure: null });
    const { document, text } = await call(client, 'report');
    expect(document['verdict']).toBe(over['verdict']);
    expect(document['decision']).toBe(over['decision']);
    expect(text).toContain(`**Verdict: ${String(over['verdict']).replace('-', ' ')}`);
    expect(text).toBe(
      readFileSync(join(folder, 'results', 'optimization', 'optimization_results.md'), 'utf8'),
    );

    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri).sort()).toEqual([
      'pawl://plot/1/curves',
      'pawl://plot/1/effects',
      'pawl://report/1',
    ]);
    const { contents } = await client.readResource({ uri: 'pawl://plot/1/curves' });
    const [plot] = z.array(z.looseObject({ blob: z.string() })).parse(contents);
    expect(
      Buffer.from(plot?.blob ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    await expect(client.readResource({ uri: 'pawl://plot/1/secrets' })).rejects.toThrow(/no plot/);

    const run = z
      .array(z.looseObject({ id: z.string() }))
      .parse(over['runs'])
      .at(-1);
    const metrics = await call(client, 'metrics', {
      file: `.pawl/runs/${String(over['study'])}/${run?.id}/output`,
      names: ['val_acc'],
      points: 2,
    });
    expect(metrics.document['points']).toHaveLength(2);
    const diagnosed = await call(client, 'diagnose');
    expect(diagnosed.document['primary']).toMatchObject({ issue: expect.any(String) as string });
    expect(diagnosed.text).toContain('## What was learned before');
    const compared = await call(client, 'compare', { baseline: [1, 2, 3], optimized: [11, 12, 13] });
    expect(compared.document['effect']).toMatchObject({ absolute: 10, n: 3 });
  });

  it('loses nothing when its client is killed; the next one finds the study', async () => {
    const folder = project();
    const first = await connect(folder);
    await call(first.client, 'start', { budget: { runs: 8 } });
    process.kill(first.pid, 'SIGKILL');
    const { client } = await connect(folder);
    const { document } = await call(client, 'status');
    expect(['running', 'starting']).toContain(document['state']);
    expect(await untilOver(client)).toMatchObject({ state: 'concluded', failure: null });
    await client.close();
    await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
  });

  it('stops a study and takes it up again', async () => {
    const folder = project({ config: TOY_SLOW });
    const { client } = await connect(folder);
    await call(client, 'start', { evidence: 'quick' });
    const { document } = await call(client, 'stop', { now: true });
    expect(document['stopped']).toBe(true);
    expect((await call(client, 'status')).document['state']).toBe('interrupted');
    await call(client, 'start', { resume: true, evidence: 'quick' });
    expect(await untilOver(client)).toMatchObject({ state: 'concluded', verdict: 'unverified' });
  });

  it('lets a wait be cancelled while the study goes on', async () => {
    const folder = project({ config: TOY_SLOW });
    const { client } = await connect(folder);
    await call(client, 'start', { evidence: 'quick' });
    const abort = new AbortController();
    const waiting = client.callTool(
      { name: 'wait', arguments: { timeoutSeconds: 200 } },
      { signal: abort.signal },
    );
    setTimeout(() => abort.abort(), 300);
    await expect(waiting).rejects.toThrow();
    expect((await call(client, 'status')).document['state']).toBe('running');
    await call(client, 'stop', { now: true });
  });

  it('refuses what is not its to do, and goes on', async () => {
    const folder = project();
    symlinkSync('/etc', join(folder, 'link'));
    const { client } = await connect(folder);
    const refused: [string, Record<string, unknown>, RegExp][] = [
      ['start', { train: 'touch pwned' }, /Unrecognized key/],
      ['start', { diagnostic: '--train=touch pwned' }, /REPORT|GATE|FILE/],
      ['start', { without: ['--force'] }, /CHANGE_UNKNOWN/],
      ['start', { seeds: ['1; touch pwned'] }, /nvalid/],
      ['start', { iteration: 3 }, /ITERATION_MISSING/],
      ['plan', { diagnostic: '../../etc/passwd' }, /MCP_PATH_OUTSIDE/],
      ['plan', { config: '/etc/passwd' }, /MCP_PATH_OUTSIDE/],
      ['metrics', { file: 'link/passwd' }, /MCP_PATH_OUTSIDE/],
      ['metrics', { file: 'link/none/there' }, /MCP_PATH_OUTSIDE/],
      ['metrics', { file: 'x'.repeat(5000) }, /Too big|too big|4096/],
      ['metrics', { file: 'a\0b' }, /MCP_PATH_OUTSIDE/],
      ['compare', { baseline: ['../x'], optimized: ['../y'] }, /MCP_PATH_OUTSIDE/],
      ['compare', { baseline: [1], optimized: ['y'] }, /COMPARE_GROUPS/],
      ['status', { id: '../../../etc' }, /MCP_JOB_UNKNOWN/],
      ['status', { runs: 1e9 }, /nvalid|Too big/],
      ['start', { project: '/etc' }, /Unrecognized key/],
      ['start', { diagnostic: '--project=/etc' }, /REPORT|GATE|FILE/],
      ['start', { diagnostic: '/etc/passwd', dryRun: true }, /MCP_PATH_OUTSIDE/],
      ['start', { without: ['x\0y'], dryRun: true }, /MCP_JOB_NOT_STARTED|CHANGE_UNKNOWN|INTERNAL/],
      ['start', { budget: { runs: 1, command: 'x' } }, /Unrecognized key/],
      ['start_sweep', { space: '../../etc/hosts' }, /MCP_PATH_OUTSIDE/],
      ['start_sweep', { import: '../trials.db' }, /MCP_PATH_OUTSIDE/],
      ['start_sweep', { method: 'tpe --export=/etc/x' }, /nvalid/],
      ['start_sweep', { export: 'train.mjs' }, /Unrecognized key/],
      ['start_sweep', { trials: 1e12 }, /Too big|nvalid/],
      ['start_sweep', { space: '--project=/etc' }, /SWEEP|SPACE|FILE|CONFIG/],
      ['start_finalize', { seeds: [42, -1] }, /Too small|nvalid/],
      ['start_finalize', { config: 'x' }, /Unrecognized key/],
      ['start_finalize', {}, /FINALIZE_BLOCKED/],
      ['report', { final: true }, /MCP_NO_OUTCOME/],
    ];
    for (const [name, args, expected] of refused) {
      const { error } = await call(client, name, args);
      expect(error ?? 'accepted', JSON.stringify(args).slice(0, 80)).toMatch(expected);
    }
    await expect(client.callTool({ name: 'shell', arguments: {} })).rejects.toThrow(/not found/);
    await expect(client.readResource({ uri: 'pawl://report/../../etc' })).rejects.toThrow();
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow();
    await expect(client.readResource({ uri: 'pawl://final/results' })).rejects.toThrow(/finalized/);
    await expect(
      client.callTool({ name: 'start', arguments: { without: ['x'.repeat(2e6)] } }),
    ).resolves.toMatchObject({ isError: true });
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    expect((await call(client, 'status')).document['state']).toBe('none');
  });

  it('survives lines that are not MCP, and ends with its client', async () => {
    const folder = project();
    const server = spawn(process.execPath, [PAWL, 'mcp', '--project', folder]);
    let text = '';
    server.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    const ended = new Promise<number | null>((resolve) => server.once('close', resolve));
    const initialize = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
    };
    for (const line of ['not json', '[]', '{"jsonrpc":"2.0"}', 'null', JSON.stringify(initialize)])
      server.stdin.write(`${line}\n`);
    await expect.poll(() => text, { timeout: 20_000 }).toContain('"serverInfo"');
    server.stdin.end();
    expect(await ended).toBe(0);
  });
});

it('refuses a message of 12 MB by ending, and leaves nothing behind', async () => {
  const folder = project();
  const { client } = await connect(folder);
  const huge = client.callTool({ name: 'metrics', arguments: { file: 'x'.repeat(12e6) } });
  await expect(huge).rejects.toThrow(/closed/i);
  await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
  const next = await connect(folder);
  expect((await call(next.client, 'status')).document['state']).toBe('none');
});

const TOY_SLOW = `model:
  dropout: 0.0
  hidden: 32
optimizer:
  learning_rate: 0.1
  weight_decay: 0.0
training:
  epochs: 20
  epoch_ms: 200
`;
