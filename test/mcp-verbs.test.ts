import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, closeAll, connect, processesOf, project, untilOver } from './mcp-client.ts';
import { PAWL, ROOT } from './toy-project.ts';

afterEach(closeAll);

const SLOW = `model:
  dropout: 0.0
optimizer:
  learning_rate: 0.1
  weight_decay: 0.0
training:
  epochs: 20
  epoch_ms: 200
`;
const EVALUATE = `const arg = (name) => process.argv[process.argv.indexOf('--' + name) + 1];
console.log(JSON.stringify({ test_acc: 0.8 + Number(arg('seed')) / 10000 }));
`;

type Client = Awaited<ReturnType<typeof connect>>['client'];

async function pngOf(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  const [plot] = z.array(z.looseObject({ blob: z.string() })).parse(contents);
  return Buffer.from(plot?.blob ?? '', 'base64')
    .subarray(1, 4)
    .toString();
}

async function textOf(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  return z.array(z.looseObject({ text: z.string() })).parse(contents)[0]?.text ?? '';
}

const urisOf = async (client: Client): Promise<string[]> =>
  (await client.listResources()).resources.map(({ uri }) => uri).toSorted();

describe('the verbs of pawl mcp', () => {
  it('sweeps: dry run, search, confirmation, report, plots', async () => {
    const folder = project({
      train: `node ${join(ROOT, 'test', 'programs', 'sweep-trainer.mjs')} --config {config} --out {output} --seed {seed}`,
      report: null,
      config:
        'model:\n  dropout: 0.0\noptimizer:\n  learning_rate: 0.1\ntraining:\n  epochs: 6\n  epoch_ms: 5\n  seed: 1\n',
    });
    writeFileSync(
      join(folder, 'space.yaml'),
      'dropout: [0.0, 0.1, 0.2, 0.3, 0.4]\nlearning_rate: { type: loguniform, low: 0.0001, high: 0.1 }\n',
    );
    const { client } = await connect(folder);
    const dry = await call(client, 'start_sweep', { space: 'space.yaml', trials: 8, dryRun: true });
    expect(dry.error).toBeNull();
    expect(dry.document).toMatchObject({ id: null, state: 'none', planned: { dryRun: true } });
    expect(existsSync(join(folder, '.pawl', 'jobs'))).toBe(false);

    const begun = await call(client, 'start_sweep', { space: 'space.yaml', trials: 8, method: 'random' });
    expect(begun.error).toBeNull();
    const over = await untilOver(client);
    expect(over).toMatchObject({ state: 'concluded', kind: 'sweep', failure: null, sweep: { trials: 8 } });
    const { document, text } = await call(client, 'report');
    expect(document).toMatchObject({
      trials: 8,
      decision: over['decision'],
      best: (over['sweep'] as { best: { value: number } }).best.value
        ? { value: (over['sweep'] as { best: { value: number } }).best.value }
        : null,
      sweep: { stoppedBy: 'trials-spent' },
    });
    expect(text).toContain('# ');
    expect(await urisOf(client)).toEqual(
      expect.arrayContaining(['pawl://plot/1/history', 'pawl://report/1', 'pawl://sweep/1']),
    );
    expect(await textOf(client, 'pawl://sweep/1')).toContain('8 trials');
    for (const plot of ['curves', 'history', 'parallel', 'slices'])
      expect(await pngOf(client, `pawl://plot/1/${plot}`), plot).toBe('PNG');
  });

  it('iterates and finalizes: the gate, the one look at the test data, the model card', async () => {
    const folder = project({
      project:
        'target: 70%\nfinalize:\n  evaluate: node evaluate.mjs --out {output} --seed {seed}\n  seeds: [42, 43]\n',
    });
    writeFileSync(join(folder, 'evaluate.mjs'), EVALUATE);
    const { client } = await connect(folder);
    const early = await call(client, 'start_finalize');
    expect(early.error).toBe('FINALIZE_BLOCKED');
    expect(early.text).toContain('remedy');

    const planned = await call(client, 'start', { evidence: 'quick', dryRun: true });
    expect(planned.document['planned']).toMatchObject({ dryRun: true, cost: { trainings: 2 } });
    await call(client, 'start', { evidence: 'quick' });
    expect(await untilOver(client)).toMatchObject({ state: 'concluded', kind: 'optimization' });
    expect((await call(client, 'report', { final: true })).error).toBe('MCP_NO_OUTCOME');

    const dry = await call(client, 'start_finalize', { dryRun: true });
    expect(dry.document['planned']).toMatchObject({ seeds: [42, 43], test: 'test_acc' });
    expect((await call(client, 'start_finalize')).error).toBeNull();
    const over = await untilOver(client);
    expect(over).toMatchObject({
      state: 'concluded',
      kind: 'finalization',
      next: null,
      final: {
        number: 1,
        test: { metric: 'test_acc', mean: expect.closeTo(0.80425, 10) as number, looks: 1 },
      },
    });
    const { document, text } = await call(client, 'report', { final: true });
    expect(document).toMatchObject({ verdict: 'unverified', test: { looks: 1 } });
    expect(text).toBe(readFileSync(join(folder, 'results', 'final', 'test_results.md'), 'utf8'));
    expect(await urisOf(client)).toContain('pawl://final/card');
    expect(await textOf(client, 'pawl://final/card')).toBe(
      readFileSync(join(folder, 'results', 'final', 'model_card.md'), 'utf8'),
    );
    expect((await call(client, 'start_finalize')).error).toBe('FINALIZE_BLOCKED');
    expect((await call(client, 'status')).document).toMatchObject({
      state: 'concluded',
      kind: 'finalization',
    });
  });

  it('goes round by itself with auto', async () => {
    const folder = project({ project: 'target: 99%\n' });
    const { client } = await connect(folder);
    expect((await call(client, 'start', { auto: true, budget: { runs: 40 } })).error).toBeNull();
    const over = await untilOver(client);
    expect(over).toMatchObject({ state: 'concluded', failure: null });
    expect(over['iteration']).toBeGreaterThan(1);
    expect(await urisOf(client)).toContain(`pawl://plot/${String(over['iteration'])}/path`);
    expect(await pngOf(client, `pawl://plot/${String(over['iteration'])}/path`)).toBe('PNG');
  });

  it('lets one of two agents start, and tells the other who works', async () => {
    const folder = project({ config: SLOW });
    const [one, two] = [(await connect(folder)).client, (await connect(folder)).client];
    const both = await Promise.all([one, two].map((client) => call(client, 'start', { evidence: 'quick' })));
    expect(both.map(({ error }) => error ?? 'started').toSorted()).toEqual(['STUDY_LOCKED', 'started']);
    for (const client of [one, two])
      expect((await call(client, 'status')).document).toMatchObject({
        state: 'running',
        kind: 'optimization',
      });
    const loser = both[0]?.error === null ? two : one;
    expect((await call(loser, 'start_sweep', { trials: 2 })).error).not.toBeNull();
    expect((await call(loser, 'stop', { now: true })).document).toMatchObject({ stopped: true });
    await expect
      .poll(() => processesOf(folder).then((all) => all.filter((line) => !line.includes(' mcp '))))
      .toEqual([]);
    expect((await call(one, 'status')).document['state']).toBe('interrupted');
  });

  it('ends what a start began that is taken back', async () => {
    const folder = project({ config: SLOW });
    const { client } = await connect(folder);
    const abort = new AbortController();
    const starting = client.callTool(
      { name: 'start', arguments: { evidence: 'quick' } },
      { signal: abort.signal },
    );
    setTimeout(() => abort.abort(), 30);
    await expect(starting).rejects.toThrow();
    const working = async (): Promise<string[]> =>
      (await processesOf(folder)).filter((line) => !line.includes(' mcp '));
    await expect.poll(working, { timeout: 30_000 }).toEqual([]);
    expect((await call(client, 'start', { evidence: 'quick' })).error).toBeNull();
    await call(client, 'stop', { now: true });
  });

  it('outlives an agent that is killed in the middle, and leaves nothing behind', async () => {
    const folder = project({ config: SLOW });
    const agent = spawn(process.execPath, [join(ROOT, 'test', 'programs', 'mcp-agent.mjs'), PAWL, folder]);
    let text = '';
    agent.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    await expect.poll(() => text, { timeout: 60_000 }).toContain('"state":"running"');
    const { server } = z.object({ server: z.int() }).parse(JSON.parse(text));
    agent.kill('SIGKILL');
    // Its server reads the end of its input, although a wait is under way.
    await expect
      .poll(async () => (await processesOf(folder)).some((line) => line.trim().startsWith(`${server} `)), {
        timeout: 10_000,
      })
      .toBe(false);
    const { client } = await connect(folder);
    expect((await call(client, 'status')).document['state']).toBe('running');
    expect(await untilOver(client)).toMatchObject({ state: 'concluded', verdict: 'unverified' });
    await client.close();
    await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
  });
});
