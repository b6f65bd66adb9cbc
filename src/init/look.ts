import { access, constants, readFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { formatOf, parseConfig, readConfig } from '../config/document.ts';
import { findCandidates } from '../metrics/candidates.ts';
import type { Curve } from '../metrics/_contract.ts';
import { identify } from '../metrics/identity.ts';
import { readCurve } from '../metrics/read.ts';
import { metricStrength } from '../metrics/words.ts';
import {
  nameOf,
  type Folder,
  type FolderFile,
  type FoundConfig,
  type FoundReport,
  type FoundRun,
} from './folder.ts';
import { settingsOf } from './configs.ts';
import { listFolder } from './listing.ts';

const KB = 1024;
const TEXT_LIMIT = 256 * KB;
const TEXTS = 400;
const CONFIG_LIMIT = 256 * KB;
const CONFIGS = 400;
const LOG_LIMIT = 64 * KB * KB;
const LOGS = 40;
const REPORT_LIMIT = 1024 * KB;
const REPORTS = 5;

const SOURCE =
  /\.(?:py|sh|bash|slurm|sbatch|md|markdown|rst)$|(?:^|\/)(?:(?:gnu)?makefile|justfile|package\.json|pyproject\.toml|dvc\.ya?ml|mlproject|taskfile\.ya?ml)$/i;
/** Configs of tools, not of trainings. */
const TOOL =
  /^(?:pawl|package(?:-lock)?|tsconfig.*|jsconfig|pyproject|poetry|uv|cargo|environment|conda.*|meta|docker-compose.*|compose|mkdocs|codecov|dvc|\.?pre-commit.*|renovate|vercel|netlify|openapi|swagger|tokenizer.*|vocab|special_tokens_map|added_tokens|generation_config|preprocessor_config|model_index|.*\.lock|ruff|mypy|pixi|taskfile|_config|citation|manifest|composer|turbo|nx|lerna|angular|bun|deno|optimization_config.*|.*\.previous-\d+|launch|settings\.local|devcontainer|.*\.schema|.*metrics.*|.*history.*|.*results.*|summary|trainer_state|predictions?.*)\.(?:ya?ml|jsonc?|toml)$/i;
const REPORT = /diagnos/i;
/** What may show figures without being a log. */
const PROSE = /\.(?:mdx?|markdown|rst|ipynb|py|html?)$/i;

/** Looks at a folder: lists it, and reads what a proposal can be made from. */
export async function lookAt(root: string): Promise<Folder> {
  const { files, isCut } = await listFolder(root);
  const [texts, configs, runs, reports, python] = await Promise.all([
    readTexts(root, files),
    readConfigs(root, files),
    readRuns(root, files),
    readReports(root, files),
    findPython(root, files),
  ]);
  // Settings in JSON may read like a log of one point.
  const isConfig = ({ path, points }: FoundRun): boolean =>
    points.length < 2 && configs.some((config) => config.path === path && settingsOf(config.value).size > 1);
  const curves = runs.filter((run) => !isConfig(run));
  return { name: basename(root), files, isCut, texts, configs, runs: curves, reports, python };
}

async function readTexts(root: string, files: readonly FolderFile[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const wanted = files.filter(({ path, size }) => SOURCE.test(path) && size <= TEXT_LIMIT).slice(0, TEXTS);
  for (const { path } of wanted) {
    const text = await readFile(join(root, path), 'utf8').catch(() => '');
    if (!text.includes('\0')) texts.set(path, text);
  }
  return texts;
}

async function readConfigs(root: string, files: readonly FolderFile[]): Promise<FoundConfig[]> {
  const wanted = files.filter(
    ({ path, size }) => formatOf(path) !== undefined && size <= CONFIG_LIMIT && !TOOL.test(nameOf(path)),
  );
  const found: FoundConfig[] = [];
  for (const { path } of wanted.slice(0, CONFIGS)) {
    // What does not read as a mapping is no config.
    const document = await readConfig(join(root, path)).catch(() => undefined);
    if (document && Object.keys(document.value).length > 0)
      found.push({ path, value: document.value, head: document.text.slice(0, 400) });
  }
  return found;
}

async function readRuns(root: string, files: readonly FolderFile[]): Promise<FoundRun[]> {
  const listed = new Map(files.map((file) => [file.path, file]));
  const { ranked } = await findCandidates(root).catch(() => ({ ranked: [] }));
  const runs: FoundRun[] = [];
  for (const { relative, format } of ranked) {
    const file = listed.get(relative.replaceAll('\\', '/'));
    if (!file || file.size > LOG_LIMIT || isOwn(file.path) || PROSE.test(file.path)) continue;
    const curve = await readCurve(join(root, file.path), { format: format.name }).catch(() => undefined);
    if (!curve || !isCurve(curve)) continue;
    const { metrics, points } = curve;
    runs.push({ path: file.path, format: format.name, metrics, points, mtimeMs: file.mtimeMs });
    if (runs.length >= LOGS) break;
  }
  return runs;
}

/** A table of results or a list of settings may read like a log; a curve has an axis, or metrics of known splits. */
function isCurve({ points, metrics }: Curve): boolean {
  const hasAxis = points.some(({ epoch, step }) => epoch !== null || step !== null);
  const hasSplit = metrics.some((name) => identify(name).phase !== undefined);
  return (
    points.length > 0 && metrics.some((name) => metricStrength(name) === 'strong') && (hasAxis || hasSplit)
  );
}

/** What Pawl itself wrote. */
function isOwn(path: string): boolean {
  return (
    /(?:^|\/)(?:\.pawl|results\/optimization|checkpoints)\//.test(path) || /optimization_results/.test(path)
  );
}

async function readReports(root: string, files: readonly FolderFile[]): Promise<FoundReport[]> {
  const wanted = files
    .filter(
      ({ path, size }) =>
        /\.(?:md|markdown)$/i.test(path) && REPORT.test(nameOf(path)) && size <= REPORT_LIMIT,
    )
    .filter(({ path }) => !/complete|checklist/i.test(nameOf(path)))
    .sort(
      (a, b) =>
        Number(nameOf(b.path) === 'diagnostic_report.md') - Number(nameOf(a.path) === 'diagnostic_report.md'),
    );
  if (wanted.length === 0) return [];
  const [{ readReport }, { planChanges }, empty] = await Promise.all([
    import('../diagnosis/report.ts'),
    import('../diagnosis/plan.ts'),
    parseConfig('{}\n', 'empty.yaml'),
  ]);
  const found: FoundReport[] = [];
  for (const { path } of wanted.slice(0, REPORTS)) {
    try {
      const { diagnosis } = planChanges(await readReport(join(root, path)), empty);
      const isDiagnosis = diagnosis.rootCauses.length > 0 || diagnosis.recommendations.length > 0;
      found.push({ path, target: diagnosis.target, isDiagnosis });
    } catch {
      // A report that cannot be read is for `pawl plan` to complain about.
    }
  }
  return found;
}

/** How Python is started here: by the tool that holds the lock file, from a virtual environment, or as it is installed. */
async function findPython(root: string, files: readonly FolderFile[]): Promise<string[]> {
  const has = (name: string): boolean => files.some(({ path }) => path === name);
  const tool = has('uv.lock')
    ? ['uv']
    : has('poetry.lock')
      ? ['poetry']
      : has('pixi.lock')
        ? ['pixi']
        : has('Pipfile.lock')
          ? ['pipenv']
          : undefined;
  if (tool && (await isOnPath(tool[0] as string))) return [...tool, 'run', 'python'];
  for (const path of ['.venv/bin/python', 'venv/bin/python']) {
    if (await isExecutable(join(root, path))) return [path];
  }
  return (await isOnPath('python')) || !(await isOnPath('python3')) ? ['python'] : ['python3'];
}

async function isOnPath(program: string): Promise<boolean> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder !== '' && (await isExecutable(join(folder, program)))) return true;
  }
  return false;
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
