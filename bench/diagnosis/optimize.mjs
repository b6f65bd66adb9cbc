// Does the shipped command reach the target? For each planted defect a project of its own: the baseline is trained by
// `pawl-train`, then `pawl diagnose` and `pawl optimize --auto` run as a user would type them, with what they do by default:
// check runs, paired seeds, a sequential test, up to three iterations. Counted is what the final JSON document says.
// Usage: node bench/diagnosis/optimize.mjs [--set first|second|third] [--seeds 1] [--only PATTERN] [--keep FOLDER]
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { merge } from './trainings.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const SET = option('set', 'first');
const SEEDS = Array.from({ length: Number(option('seeds', 1)) }, (_, i) => i + 1);
const ONLY = new RegExp(option('only', ''));
const KEEP = option('keep', undefined);
const { BASES, DEFECTS } = await import(`./sets/${SET}.mjs`);
const ROOT = resolve(import.meta.dirname, '../..');
const DATA = join(ROOT, 'examples/digits/data');
const BIN = join(ROOT, 'bin');

function run(cwd, command, args) {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [join(BIN, command), ...args], {
      cwd,
      env: { ...process.env, PATH: `${BIN}:${process.env.PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('close', (code) => settle({ code, stdout, stderr }));
  });
}

/** The document on stdout; a failure's own document where the command failed. */
const documentOf = ({ stdout, stderr, code }) => {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`no JSON (exit ${code}): ${stderr.slice(-500)}`);
  }
};
/** Full trainings; check runs of one epoch do not count. */
const countOf = ({ runs }) =>
  runs.filter(({ status, trial }) => status !== 'adopted' && !trial.startsWith('smoke')).length;
const percent = (value) => (value === null || value === undefined ? '–' : (100 * value).toFixed(1));

/** What became of one defect. */
async function cure({ base, set }, seed, project) {
  const { config, target } = BASES[base];
  mkdirSync(project, { recursive: true });
  cpSync(DATA, join(project, 'data'), { recursive: true });
  const files = { images: 'data/digits-images-idx3-ubyte.gz', labels: 'data/digits-labels-idx1-ubyte.gz' };
  const broken = merge(merge({ data: files }, config), set);
  writeFileSync(join(project, 'config.yaml'), stringify({ seed, ...broken }));
  writeFileSync(
    join(project, 'pawl.yaml'),
    stringify({
      train: 'pawl-train --config {config} --out {output} --seed {seed}',
      baseline: { config: 'config.yaml', results: 'results/baseline', seed },
      metric: 'val_acc',
      target: `${100 * target}%`,
    }),
  );
  const trained = ['--config', 'config.yaml', '--out', 'results/baseline', '--seed', String(seed)];
  await run(project, 'pawl-train', trained);
  const diagnosis = documentOf(await run(project, 'pawl', ['diagnose', '--json', '--no-plot']));
  if (diagnosis.error) return { kind: 'failed', note: diagnosis.error.message };
  if (diagnosis.target?.isMet === true) return { kind: 'unharmed' };
  const issue = diagnosis.primary.issue;
  if (diagnosis.decision !== 'iterate')
    return { kind: 'missed', issue, path: [], note: `diagnosis: ${diagnosis.decision}` };
  const found = documentOf(await run(project, 'pawl', ['optimize', '--auto', '--json', '--no-color']));
  writeFileSync(join(project, 'final.json'), JSON.stringify(found));
  if (found.error)
    return { kind: 'missed', issue, path: [], note: `${found.error.code}: ${found.error.message}` };
  const status = documentOf(await run(project, 'pawl', ['status', '--json']));
  return { kind: 'ran', issue, found, trainings: countOf(status) };
}

/** One line a defect: values of the best config after each iteration, verdicts, and what it cost. */
function line(result, target) {
  const { found } = result;
  if (!found) return [result.issue ?? '', result.note ?? ''].filter((text) => text !== '').join(', ');
  const history = [...found.history];
  const path = [found.baseline.mean, ...history.map(({ value }) => value)].map(percent).join(' → ');
  const verdicts = history.map(({ verdict, decision }) => `${verdict}/${decision}`).join(', ');
  return `${path} (target ${percent(target)}, ${found.target?.status}) ${verdicts}; ${result.trainings} trainings; ${result.issue}`;
}

const tally = { sick: 0, confirmed: 0, met: 0, unharmed: 0, trainings: 0 };
const work = KEEP === undefined ? mkdtempSync(join(tmpdir(), 'pawl-bench-optimize-')) : resolve(KEEP);
for (const defect of DEFECTS.filter(({ name }) => ONLY.test(name)))
  for (const seed of SEEDS) {
    const project = join(work, `${SET}-${DEFECTS.indexOf(defect)}-${seed}`);
    const started = performance.now();
    const result = await cure(defect, seed, project);
    const seconds = `${((performance.now() - started) / 1000).toFixed(0)} s`;
    const isMet =
      ['confirmed', 'nominal'].includes(result.found?.target?.status) &&
      result.found?.decision === 'finalize';
    if (result.kind === 'unharmed') tally.unharmed++;
    else {
      tally.sick++;
      if (isMet) tally.met++;
      if (isMet && result.found.target.status === 'confirmed') tally.confirmed++;
      tally.trainings += result.trainings ?? 0;
    }
    const word = result.kind === 'unharmed' ? 'target met without a cure' : isMet ? 'cured ' : 'missed';
    console.log(
      `${defect.name} (seed ${seed})`.padEnd(52),
      word,
      line(result, BASES[defect.base].target),
      seconds,
    );
    if (KEEP === undefined) rmSync(project, { recursive: true, force: true });
  }
const share = `${tally.met} of ${tally.sick} (${((100 * tally.met) / tally.sick).toFixed(1)} %)`;
console.log(
  `\ndecision finalize with the target met: ${share}, ${tally.confirmed} of them confirmed; ${tally.trainings} trainings`,
);
if (tally.unharmed > 0) console.log(`${tally.unharmed} baselines met the target in spite of the defect`);
