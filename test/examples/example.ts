import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { pawl, ROOT } from '../toy-project.ts';

/** A shipped example, and what comes out of it. */
export interface Example {
  name: string;
  /** Its page in docs/guides. */
  guide: string;
  /** What `pawl plan` applies, and how its check runs judge each change. */
  changes: Record<string, 'takes effect' | 'inert' | 'untold'>;
  verdict: string;
  decisions: readonly string[];
  metric: { name: string; goal: 'max' | 'min' };
  /** Format and number of points of a run's log, and names among its metrics. */
  log: { format: string; points: number; metrics: readonly string[] };
  /** Where a training keeps its own record of its config, below `{output}`. */
  record?: RegExp;
}

/** Python with the packages of examples/requirements-*.txt goes before any other. */
const PYTHON = process.env['PAWL_TEST_PYTHON'];
const ENV: NodeJS.ProcessEnv = {
  PYTHONDONTWRITEBYTECODE: '1',
  ...(PYTHON === undefined ? {} : { PATH: `${dirname(PYTHON)}:${process.env['PATH'] ?? ''}` }),
};
/** What `pawl init` writes. */
const PROPOSED = ['pawl.yaml', 'baseline_config.yaml'];

const finding = z.object({ what: z.string(), status: z.string(), detail: z.string() });
const outcome = z.object({
  verdict: z.string(),
  decision: z.string(),
  metric: z.object({ name: z.string(), goal: z.string() }),
  improvement: z.object({ absolute: z.number() }),
  changes: z.array(z.object({ path: z.string(), effect: z.object({ label: z.string(), note: z.string() }) })),
  artifacts: z.record(z.string(), z.string().nullable()),
  preflight: z.array(finding),
  runs: z.array(
    z.object({
      trial: z.string(),
      seed: z.number(),
      status: z.string(),
      output: z.string(),
      directory: z.string(),
    }),
  ),
});
const plan = z.object({ changes: z.array(z.object({ path: z.string() })) });
const curve = z.object({ format: z.string(), points: z.array(z.unknown()), metrics: z.array(z.string()) });
const comparison = z.object({ verdict: z.string(), effect: z.object({ absolute: z.number() }) });

/** Runs an example as its reader would: init, plan, optimize, metrics, compare. */
export function testExample(example: Example): void {
  const { name, changes, verdict, decisions, metric, log } = example;
  const shipped = join(ROOT, 'examples', name);
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  cpSync(shipped, folder, {
    recursive: true,
    filter: (path) =>
      !/(?:^|\/)(?:\.pawl|__pycache__|checkpoints|results\/optimization.*|optimization_config.*)$/.test(
        path.slice(shipped.length).split(sep).join('/'),
      ),
  });
  const run = async <T>(schema: z.ZodType<T>, command: string, ...args: string[]): Promise<T> => {
    const { code, stdout, stderr } = await pawl([command, '--json', ...args], folder, ENV);
    expect(code, `pawl ${command} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
    return schema.parse(JSON.parse(stdout));
  };

  describe(name, () => {
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('pawl init proposes what the example ships', async () => {
      for (const file of PROPOSED) rmSync(join(folder, file), { force: true });
      await run(z.unknown(), 'init');
      for (const file of PROPOSED.filter((each) => existsSync(join(shipped, each)))) {
        const read = (from: string): unknown => settled(parse(readFileSync(join(from, file), 'utf8')));
        expect(read(folder), file).toEqual(read(shipped));
        cpSync(join(shipped, file), join(folder, file));
      }
    });

    test('pawl plan applies the recommendations', async () => {
      const planned = await run(plan, 'plan');
      expect(planned.changes.map(({ path }) => path).toSorted()).toEqual(Object.keys(changes).toSorted());
    });

    test('its guide shows its project file, and what pawl plan says of it', async () => {
      const page = readFileSync(join(ROOT, 'docs', 'guides', `${example.guide}.md`), 'utf8');
      const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)];
      const projects = blocks
        .filter(([, language]) => language === 'yaml')
        .map(([, , text]) => parse(text ?? ''));
      expect(projects).toContainEqual(parse(readFileSync(join(shipped, 'pawl.yaml'), 'utf8')));
      const { stdout } = await pawl(['plan'], folder, ENV);
      const [, ...lines] = stdout.trimEnd().split('\n');
      expect(blocks.map(([, , text]) => text?.trimEnd())).toContain(lines.join('\n'));
    });

    let result: z.infer<typeof outcome> | undefined;
    test('pawl optimize comes to the decision', async () => {
      result = await run(outcome, 'optimize');
      expect(result.metric).toMatchObject(metric);
      expect({ verdict: result.verdict, gain: result.improvement.absolute > 0 }).toEqual({
        verdict,
        gain: verdict === 'better',
      });
      expect(decisions).toContain(result.decision);
      for (const file of Object.values(result.artifacts))
        if (file !== null) expect(existsSync(join(folder, file)), file).toBe(true);
      const checks = new Map(result.preflight.map(({ what, status }) => [what, status]));
      expect(checks.get('training is deterministic')).toBe('passed');
      const judged = Object.keys(changes).map((path) => [
        path,
        JUDGED[checks.get(`${path} takes effect`) ?? ''],
      ]);
      expect(Object.fromEntries(judged), JSON.stringify(result.preflight, null, 1)).toEqual(changes);
      const inert = result.changes.filter(({ effect }) => effect.label === 'inert').map(({ path }) => path);
      expect(inert).toEqual(Object.keys(changes).filter((path) => changes[path] === 'inert'));
    }, 900_000);

    test('its logs are read and compared by themselves', async () => {
      const done = (result?.runs ?? []).filter(({ status }) => status === 'finished');
      const [first] = done;
      if (!first) throw new Error('no run has finished');
      const { format, points, metrics } = await run(curve, 'metrics', logOf(folder, first));
      expect({ format, points: points.length }).toEqual({ format: log.format, points: log.points });
      expect(metrics).toEqual(expect.arrayContaining([...log.metrics]));
      if (example.record) {
        const files = readdirSync(join(folder, first.output), { recursive: true, encoding: 'utf8' });
        expect(files.map((file) => file.split(sep).join('/')).join('\n')).toMatch(example.record);
      }
      const ofTrial = (isBaseline: boolean): string[] =>
        done.filter(({ trial }) => (trial === 'baseline') === isBaseline).map((each) => logOf(folder, each));
      const arms = ['--metric', metric.name, ...ofTrial(true), '--', ...ofTrial(false)];
      const compared = await run(comparison, 'compare', ...arms);
      expect(compared.effect.absolute > 0).toBe(verdict === 'better');
    });
  });
}

const JUDGED: Readonly<Record<string, string>> = {
  passed: 'takes effect',
  failed: 'inert',
  unknown: 'untold',
};

/** The folder of what a run wrote, or what it printed where it writes no log. */
function logOf(folder: string, { output, directory }: { output: string; directory: string }): string {
  const files = existsSync(join(folder, output))
    ? readdirSync(join(folder, output), { recursive: true, encoding: 'utf8' })
    : [];
  const hasLog = files.some((file) =>
    /\.(?:csv|jsonl|log)$|(?:trainer_state|evals_result)\.json$/.test(file),
  );
  return hasLog ? output : `${directory}/stdout.log`;
}

/** A project file without what a person adds to a proposal: which epoch of a run counts, and earlier results. */
function settled(value: unknown): unknown {
  const project = z.looseObject({ metric: z.unknown() }).safeParse(value);
  if (!project.success || !('train' in project.data)) return value;
  const named = z.object({ name: z.string() }).safeParse(project.data.metric);
  return { ...project.data, metric: named.success ? named.data.name : project.data.metric };
}
