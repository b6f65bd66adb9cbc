import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeToyProject, pawl, PAWL } from './toy-project.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Prints the test metric, and says in a journal that the test data was read. */
const EVALUATE = `import { appendFileSync } from 'node:fs';
const arg = (name) => process.argv[process.argv.indexOf('--' + name) + 1];
appendFileSync('evaluations', arg('seed') + '\\n');
await new Promise((resolve) => setTimeout(resolve, Number(process.env.EVALUATE_MS ?? 0)));
console.log(JSON.stringify({ test_acc: 0.8 + Number(arg('seed')) / 10000 }));
`;
const WITH_TEST =
  'finalize:\n  evaluate: node evaluate.mjs --out {output} --seed {seed}\n  seeds: [42, 43]\n';

function project(yaml: string): string {
  const made = makeToyProject({ project: `target: 70%\n${yaml}` });
  closing.push(() => made.remove());
  writeFileSync(join(made.folder, 'evaluate.mjs'), EVALUATE);
  return made.folder;
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
const evaluations = (folder: string): string[] =>
  existsSync(join(folder, 'evaluations')) ? read(folder, 'evaluations').trim().split('\n').toSorted() : [];
const optimize = async (folder: string): Promise<void> => {
  const { code, stderr } = await pawl(['optimize', '--evidence', 'quick', '-q'], folder);
  expect(stderr).toBe('');
  expect(code).toBe(0);
};
const started = (folder: string, journal: string): number =>
  existsSync(join(folder, journal))
    ? read(folder, journal)
        .split('\n')
        .filter((line) => line.startsWith('start final')).length
    : 0;

describe('pawl finalize', () => {
  it('trains the accepted config, reads the test metric once, and refuses a second look', async () => {
    const folder = project(WITH_TEST);
    const blocked = await pawl(['finalize', '--json'], folder);
    expect(blocked.code).toBe(3);
    expect(JSON.parse(blocked.stdout)).toMatchObject({ error: { code: 'FINALIZE_BLOCKED' } });

    await optimize(folder);
    const dry = await pawl(['finalize', '--dry-run', '--json'], folder);
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, seeds: [42, 43], test: 'test_acc' });
    expect(existsSync(join(folder, 'configs', 'final_config.yaml'))).toBe(false);

    const done = await pawl(['finalize', '--json'], folder);
    expect(done.code).toBe(0);
    expect(done.stderr).toMatch(/^final-1 seed 42: epoch \d+ of 6, val_acc /m);
    const document = JSON.parse(done.stdout) as Record<string, unknown>;
    expect(document['test']).toMatchObject({
      metric: 'test_acc',
      mean: expect.closeTo(0.80425, 10) as number,
      looks: 1,
      interval: { basis: 'seeds' },
    });
    expect(document['gap']).toMatchObject({ unit: 'points' });
    expect(evaluations(folder)).toEqual(['42', '43']);
    const results = read(folder, 'results/final/test_results.md');
    expect(results).toContain('**test_acc:** 80.42% ± 0.01 over 2 seeds');
    expect(results).toContain(
      'node train.mjs --config configs/final_config.yaml --out results/final --seed 42',
    );
    expect(read(folder, 'results/final/model_card.md')).toContain('verdict **unverified**');
    expect(JSON.parse(read(folder, 'results/final/test_results.json'))).toEqual(document);

    const again = await pawl(['finalize'], folder);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('unread test data: test_acc was read on');
    const forced = await pawl(['finalize', '--force', '--json', '-q'], folder);
    expect(forced.code).toBe(0);
    expect(JSON.parse(forced.stdout)).toMatchObject({ number: 2, test: { looks: 2 } });
    expect(read(folder, 'results/final/test_results.md')).toContain('looked at 2 times');
    expect(evaluations(folder)).toEqual(['42', '42', '43', '43']);
  });

  it('blocks where nothing was accepted, and where the config is not the one that was tested', async () => {
    const unmet = makeToyProject({ project: 'target: 99%\n' });
    closing.push(() => unmet.remove());
    await optimize(unmet.folder);
    const { code, stderr } = await pawl(['finalize'], unmet.folder);
    expect(code).toBe(3);
    expect(stderr).toContain('iteration 1 ended with iterate');

    const folder = project(WITH_TEST);
    await optimize(folder);
    appendFileSync(join(folder, 'configs', 'optimization_config.yaml'), 'extra: 1\n');
    const changed = await pawl(['finalize'], folder);
    expect(changed.code).toBe(3);
    expect(changed.stderr).toContain('its values were changed since');
  });

  it('reads the test metric later where it was not found, without training again', async () => {
    const folder = project('');
    await optimize(folder);
    const env = { TOY_JOURNAL: join(folder, 'journal') };
    const without = await pawl(['finalize', '--json', '-q'], folder, env);
    expect(without.code).toBe(0);
    expect(JSON.parse(without.stdout)).toMatchObject({ test: null, gap: null });
    expect(read(folder, 'results/final/test_results.md')).toContain('not read');
    appendFileSync(join(folder, 'pawl.yaml'), 'finalize:\n  evaluate: node evaluate.mjs --seed {seed}\n');
    const later = await pawl(['finalize', '--json', '-q'], folder, env);
    expect(JSON.parse(later.stdout)).toMatchObject({ number: 1, test: { looks: 1 } });
    expect(started(folder, 'journal')).toBe(1);
  });

  it('says what failed in the evaluation, and goes on after it is mended', async () => {
    const folder = project(WITH_TEST);
    await optimize(folder);
    writeFileSync(join(folder, 'evaluate.mjs'), 'throw new Error("no such weights");');
    const env = { TOY_JOURNAL: join(folder, 'journal') };
    const failed = await pawl(['finalize', '--json', '-q'], folder, env);
    expect(failed.code).toBe(4);
    expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'EVALUATION_FAILED' } });
    expect(failed.stdout).toContain('no such weights');
    writeFileSync(join(folder, 'evaluate.mjs'), EVALUATE);
    const mended = await pawl(['finalize', '-q'], folder, env);
    expect(mended.code).toBe(0);
    expect(started(folder, 'journal')).toBe(2);
  });

  it.each([150, 700, 1400, 2200])('loses nothing when it is killed after %i ms', async (afterMs) => {
    const folder = project(WITH_TEST);
    await optimize(folder);
    const env = { ...process.env, TOY_JOURNAL: join(folder, 'journal'), EVALUATE_MS: '600' };
    const child = spawn(process.execPath, [PAWL, 'finalize', '-q'], { cwd: folder, env, stdio: 'ignore' });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill('SIGKILL');
    await new Promise((resolve) =>
      child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(0),
    );
    const resumed = await pawl(['finalize', '--json', '-q'], folder, env);
    // Killed after its end, it refuses a second look.
    if (resumed.code === 3)
      expect(existsSync(join(folder, 'results', 'final', 'test_results.md'))).toBe(true);
    else {
      expect(resumed.code).toBe(0);
      expect(JSON.parse(resumed.stdout)).toMatchObject({
        test: { looks: 1, values: [{ seed: 42 }, { seed: 43 }] },
      });
    }
    expect(started(folder, 'journal')).toBe(2);
    expect(new Set(evaluations(folder))).toEqual(new Set(['42', '43']));
  });
});
