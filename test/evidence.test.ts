// What a verdict rests on, from the command line to the report: predictions by example, the confirm split, first looks.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeToyProject, pawl, ROOT } from './toy-project.ts';

interface Scenario {
  /** Lines of the config. */
  config?: Record<string, string | number>;
  /** Path and new value of the one change. */
  change?: [path: string, from: string, to: string];
  project?: string;
  args?: string[];
}

interface Document {
  verdict: string;
  verdictReason: string;
  decision: string;
  reason: string;
  warnings: string[];
  gain: { n: number; low: number | null; absolute: number };
  target: { status: string; margin: number; measured: { metric: string; value: number } };
  runs: { id: string; status: string; failure: { code: string } | null }[];
  evidence: {
    detectable: { gain: number | null } | null;
    predictions: Record<string, unknown> | null;
    validation: { examples: number; source: string } | null;
    confirm: { metric: string; reference: number; optimized: number } | null;
    endedEarly: { run: string; why: string }[];
    expectedGain: { gain: number; pAccept: number } | null;
  };
}

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

async function optimize({ config = {}, change, project = '', args = [] }: Scenario) {
  const values = { skill: 0.7, epochs: 8, predictions: 'jsonl', ...config };
  const [path, from, to] = change ?? ['model.skill', '0.7', '0.8'];
  const toy = makeToyProject({
    config: `model:\n${Object.entries(values)
      .map(([key, value]) => `  ${key}: ${value}\n`)
      .join('')}`,
    report: `# Report\n\n## Root cause\n\nToo little skill.\n\nTarget: 74% val_acc\n\n## Recommendations\n\n1. **More skill**: set \`${path}: ${from} → ${to}\`\n   - Impact: high\n`,
    project,
  });
  const { folder } = toy;
  removals.push(() => toy.remove());
  cpSync(join(ROOT, 'test', 'programs', 'predicting-trainer.mjs'), join(folder, 'train.mjs'));
  const ran = await pawl(['optimize', '--json', '--no-smoke', ...args], folder);
  expect(ran.stderr).not.toMatch(/internal error/i);
  const report = readFileSync(join(folder, 'results/optimization/optimization_results.md'), 'utf8');
  return { document: JSON.parse(ran.stdout) as Document, report, folder };
}

describe('predictions by example', () => {
  it.each(['jsonl', 'csv'])('compares over seeds and examples (%s)', async (predictions) => {
    const { document, report } = await optimize({ config: { predictions } });
    expect(document.verdict).toBe('better');
    expect(document.evidence.predictions).toMatchObject({ method: 'crossed', examples: 400 });
    expect(document.evidence.validation).toEqual({ examples: 400, source: 'predictions' });
    expect(report).toMatch(/By example: 7\d\.\d+% → \d+\.\d+% right over 400 examples and \d seeds/u);
    expect(document.warnings.join('\n')).not.toMatch(/predictions/u);
  });

  it('decides a training that ignores its seed by the exact McNemar test', async () => {
    const { document, report } = await optimize({ config: { ignore_seed: 'true' } });
    expect(document.evidence.predictions).toMatchObject({ method: 'mcnemar', lost: 0 });
    expect(document.verdict).toBe('better');
    expect(document.verdictReason).toMatch(/ignores its seed.*exact McNemar test/su);
    expect(report).toMatch(/right only with the change/u);
    expect(document.runs.filter(({ status }) => status === 'finished').length).toBeLessThanOrEqual(4);
  });

  it('leaves a training that ignores its seed unverified without predictions', async () => {
    const { document } = await optimize({ config: { ignore_seed: 'true', predictions: 'none' } });
    expect(document.verdict).toBe('unverified');
    expect(document.verdictReason).toMatch(/bit-identical/u);
  });

  it('confirms a target only with enough examples, as the predictions count them', async () => {
    const few = await optimize({
      config: { examples: 60, spread: 0.01 },
      change: ['model.skill', '0.7', '0.78'],
    });
    const many = await optimize({
      config: { examples: 3000, spread: 0.01 },
      change: ['model.skill', '0.7', '0.78'],
    });
    expect(few.document.target.status).not.toBe('confirmed');
    expect(many.document.target.status).toBe('confirmed');
  });

  it.each([
    ['cut', /line 400 is no JSON/u],
    ['no-id', /line 5 has no id/u],
    ['duplicate', /examples 4 and 8 have the same id/u],
  ])('names a bad file and goes on without it: %s', async (defect, expected) => {
    const { document, report } = await optimize({ config: { defect } });
    expect(document.verdict).toBe('better');
    expect(document.evidence.predictions).toBeNull();
    expect(document.warnings.join('\n')).toMatch(expected);
    expect(report).toMatch(/are not used/u);
  });

  it('does not compare different examples', async () => {
    const { document } = await optimize({
      config: { defect: 'none' },
      change: ['model.defect', 'none', 'other-examples'],
    });
    expect(document.evidence.predictions).toBeNull();
    expect(document.warnings.join('\n')).toMatch(/are on other examples/u);
  });
});

describe('the confirm split', () => {
  const config = { confirm_split: 'yes', predictions: 'none' };
  const project = 'confirm: confirm_acc\nconfirmSize: 400\n';

  it('is opened at the end, and holds the target', async () => {
    const { document, report } = await optimize({ config, project, change: ['model.skill', '0.7', '0.85'] });
    expect(document.decision).toBe('finalize');
    expect(document.evidence.confirm).toMatchObject({ metric: 'confirm_acc' });
    expect(document.target.measured.metric).toBe('confirm_acc');
    expect(document.target.status).toBe('confirmed');
    expect(report).toMatch(/opened only now/u);
  });

  it('shows where validation was too optimistic', async () => {
    const { document } = await optimize({
      config: { ...config, optimism: 0.2 },
      project,
      change: ['model.skill', '0.7', '0.8'],
    });
    expect(document.target).toMatchObject({ status: 'not-met', measured: { metric: 'confirm_acc' } });
    expect(document.decision).toBe('iterate');
    expect(document.reason).toMatch(/on the confirm split/u);
  });

  it('stays closed while the study goes on', async () => {
    const { document } = await optimize({ config, project, change: ['model.skill', '0.7', '0.72'] });
    expect(document.decision).not.toBe('finalize');
    expect(document.evidence.confirm).toBeNull();
  });
});

describe('what a study shows', () => {
  it('settles a clear loss with a part of the second baseline run, and logs the figures', async () => {
    const { document, report } = await optimize({
      config: { epochs: 20, epoch_ms: 40 },
      change: ['model.skill', '0.7', '0.4'],
    });
    expect(document).toMatchObject({ verdict: 'not-better', decision: 'rediagnose', gain: { n: 1 } });
    expect(document.verdictReason).toMatch(/nine of ten further runs of the baseline/u);
    expect(document.runs.some(({ id }) => id === 'optimized-1-s43')).toBe(false);
    for (const { run } of document.evidence.endedEarly) expect(report).toContain(`\`${run}\``);
  });

  it('says what could have been seen, and what one more iteration may bring', async () => {
    const { document, report } = await optimize({ change: ['model.skill', '0.7', '0.7001'] });
    expect(document.verdict).not.toBe('better');
    if (document.gain.n >= 2) expect(document.evidence.detectable?.gain).toBeGreaterThan(0);
    expect(report).toMatch(/Could be seen: a true gain of/u);
  });

  it('prints the expected gain of another iteration where it may go on', async () => {
    const { document, report } = await optimize({
      project: 'target: 99%\n',
      change: ['model.skill', '0.7', '0.8'],
    });
    expect(document.decision).toBe('iterate');
    expect(document.evidence.expectedGain?.gain).toBeGreaterThan(0);
    expect(document.evidence.expectedGain?.pAccept).toBeLessThan(1);
    expect(report).toMatch(/One more iteration, for information: expected gain \+/u);
  });

  it('calls a change that breaks one seed unstable', async () => {
    const { document, report } = await optimize({
      config: { diverges_at: 0 },
      change: ['model.diverges_at', '0', '3'],
    });
    expect(document.verdict).toBe('unstable');
    expect(report).toMatch(/diverged on seed 43/u);
  });

  it('tests nothing on a budget of one run each, and says so', async () => {
    const { document, report } = await optimize({ args: ['--budget', '2'] });
    expect(document.verdict).toBe('unverified');
    expect(document.evidence.detectable).toBeNull();
    expect(report).toMatch(/one run of each trial, no test/u);
  });
});
