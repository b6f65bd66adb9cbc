import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunSpec } from '../../_contract.ts';
import { executorConformance } from '../conformance.ts';
import { LocalExecutor } from '../local.ts';
import { Starter } from './starter.ts';

/** One that is asked from the beginning: its input keeps what it cannot hear yet. */
function takeStarter(): Starter {
  const starter = new Starter(process.env);
  starter.isUp = true;
  return starter;
}

executorConformance('local with a starter', {
  create: () => new LocalExecutor({ starter: takeStarter() }),
});

describe('the starter', () => {
  const root = mkdtempSync(join(tmpdir(), 'pawl-starter-'));
  afterAll(() => rmSync(root, { recursive: true }));
  let count = 0;
  const specOf = (script: string): RunSpec => {
    const runId = `starter-${process.pid}-${++count}`;
    const directory = join(root, runId);
    mkdirSync(directory);
    return {
      runId,
      argv: ['/bin/sh', '-c', script],
      shell: false,
      cwd: root,
      env: { GREETING: `it's "$HOME"\nand more` },
      directory,
      limits: { timeMs: null, silenceMs: null, graceMs: 2000 },
      gpus: 0,
    };
  };
  const logOf = ({ directory }: RunSpec): string => readFileSync(join(directory, 'stdout.log'), 'utf8');
  const kill = async (starter: Starter): Promise<void> => {
    if (starter.pid !== undefined) process.kill(starter.pid, 'SIGKILL');
    while (starter.isUp) await sleep(5);
  };
  const parentOf = (pid: number): number =>
    Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);

  it.runIf(existsSync('/proc/self/stat'))('is the parent of what is armed', async () => {
    const starter = takeStarter();
    const executor = new LocalExecutor({ starter });
    const seen = join(root, 'seen');
    const run = await (await executor.arm(specOf(`until [ -e '${seen}' ]; do sleep 0.01; done`)))?.start();
    expect(parentOf(Number(run?.ticket.pid))).toBe(starter.pid);
    writeFileSync(seen, '');
    expect(await run?.outcome).toMatchObject({ end: 'finished' });
    await executor.close();
  });

  it('hands the environment on as it is', async () => {
    const executor = new LocalExecutor({ starter: takeStarter() });
    const spec = specOf('printf %s "$GREETING$PYTHONUNBUFFERED"; printf %s "$PAWL_RUN_ID" >&2');
    await (
      await (await executor.arm(spec))?.start()
    )?.outcome;
    expect(logOf(spec)).toBe(`it's "$HOME"\nand more${process.env['PYTHONUNBUFFERED'] ?? ''}`);
    expect(readFileSync(join(spec.directory, 'stderr.log'), 'utf8')).toBe(spec.runId);
    await executor.close();
  });

  it('is killed: what runs goes on and tells its end, what waits is started anew, and more can be armed', async () => {
    const starter = takeStarter();
    const executor = new LocalExecutor({ starter });
    const specs = ['echo ready; sleep 0.3; exit 5', 'echo anew; exit 6', 'echo later; exit 7'].map(specOf);
    const [running, waiting, later] = specs as [RunSpec, RunSpec, RunSpec];
    const first = await (await executor.arm(running))?.start();
    const second = await executor.arm(waiting);
    while (!logOf(running).includes('ready')) await sleep(5);
    await kill(starter);
    expect(await (await second?.start())?.outcome).toMatchObject({ end: 'failed', exitCode: 6 });
    expect(await (await (await executor.arm(later))?.start())?.outcome).toMatchObject({ exitCode: 7 });
    expect(await first?.outcome).toMatchObject({ end: 'failed', exitCode: 5, signal: null });
    expect(specs.map(logOf)).toEqual(['ready\n', 'anew\n', 'later\n']);
    await executor.close();
  });

  it('leaves it to us where it cannot start something', async () => {
    const executor = new LocalExecutor({ starter: takeStarter() });
    const spec = specOf('echo ready');
    mkdirSync(join(spec.directory, 'stdout.log'));
    await expect(executor.arm(spec)).rejects.toMatchObject({ code: 'RUN_DIRECTORY_UNWRITABLE' });
    const starter = takeStarter();
    const request = { file: '/bin/sh', argv: [], cwd: join(root, 'nowhere'), env: {} };
    const log = join(root, 'log');
    expect(await starter.hold({ ...request, stdout: log, stderr: log })).toBeUndefined();
    expect(await starter.hold({ ...request, cwd: root, stdout: root, stderr: log })).toBeUndefined();
    starter.close();
    await executor.close();
  });
});
