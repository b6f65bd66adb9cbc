import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeToyProject, pawl } from './toy-project.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function project(): string {
  const made = makeToyProject({ project: 'target: 99%\n' });
  closing.push(() => made.remove());
  return made.folder;
}

const outcome = z.looseObject({
  iteration: z.number(),
  decision: z.string(),
  next: z.string(),
  history: z.array(z.looseObject({ iteration: z.number(), promises: z.array(z.looseObject({})) })),
  auto: z.object({ rounds: z.number(), stopped: z.string() }).optional(),
});

describe('iterating', () => {
  it('goes round by itself from its own diagnosis, and shows the path', async () => {
    const folder = project();
    const { code, stdout, stderr } = await pawl(
      ['optimize', '--auto', '--evidence', 'quick', '--json'],
      folder,
    );
    expect(stderr).toContain('No further iteration: ');
    expect(code).toBe(0);
    const document = outcome.parse(JSON.parse(stdout));
    const { rounds, stopped } = document.auto ?? { rounds: 0, stopped: '' };
    expect(rounds).toBe(document.history.length);
    expect(rounds).toBeGreaterThan(1);
    expect(stopped).not.toBe('');
    const second = join(folder, 'results', 'optimization', 'iteration-2');
    for (const file of ['diagnostic_report.md', 'optimization_results.md', 'path.png', 'path.svg'])
      expect(existsSync(join(second, file)), file).toBe(true);
    const report = readFileSync(join(second, 'optimization_results.md'), 'utf8');
    expect(report).toContain('## Path');
    expect(report).toContain('![Value of each iteration against the baseline, with its interval](path.png)');
    const own = readFileSync(join(second, 'diagnostic_report.md'), 'utf8');
    expect(own).toContain('## What was learned before');
    // What Pawl recommends to itself is what its own reader finds.
    const plan = await pawl(
      [
        'plan',
        '--diagnostic',
        join(second, 'diagnostic_report.md'),
        '--config',
        'configs/optimization_config.yaml',
        '--json',
      ],
      folder,
    );
    const { changes } = z
      .object({ changes: z.array(z.looseObject({ path: z.string() })) })
      .parse(JSON.parse(plan.stdout));
    expect(changes.length).toBeGreaterThan(0);
    const config = readFileSync(join(folder, 'configs', 'optimization_config_2.yaml'), 'utf8');
    for (const { path } of changes) expect(config).toContain(`${path.split('.').at(-1)}:`);
  });

  it('counts one budget over all rounds', async () => {
    const folder = project();
    const { stdout } = await pawl(
      ['optimize', '--auto', '--evidence', 'quick', '--budget', '2', '--json', '-q'],
      folder,
    );
    const { auto } = outcome.parse(JSON.parse(stdout));
    expect(auto?.rounds).toBe(1);
    expect(auto?.stopped).toContain('the budget is spent');
  });

  it('says which command goes on, and that command works', async () => {
    const folder = project();
    const first = outcome.parse(
      JSON.parse((await pawl(['optimize', '--evidence', 'quick', '--json', '-q'], folder)).stdout),
    );
    expect(first).toMatchObject({ decision: 'iterate', next: 'pawl optimize --evidence standard' });
    const dry = await pawl(['optimize', '--iteration', '2', '--dry-run', '--json'], folder);
    expect(dry.code).toBe(0);
    expect(existsSync(join(folder, 'results', 'optimization', 'iteration-2'))).toBe(false);
    const second = await pawl(
      ['optimize', '--iteration', '2', '--evidence', 'quick', '--json', '-q'],
      folder,
    );
    expect(outcome.parse(JSON.parse(second.stdout)).iteration).toBe(2);
    const diagnosed = await pawl(['diagnose', '--json', '--dry-run'], folder);
    expect(diagnosed.code).toBe(0);
  });
});
