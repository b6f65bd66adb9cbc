import { basename, sep } from 'node:path';
import type { MetricFormat, Sample } from './_contract.ts';
import { membersOf, withoutParts } from './claims.ts';
import { rankCandidates } from './rank.ts';
import { CurveBuilder } from './curve-builder.ts';
import { rankFormats } from './detect.ts';
import { evidenceOf } from './evidence.ts';
import { nameWords } from './words.ts';
import { phaseOf } from './phase.ts';
import { hasFormatsFor } from './registry.ts';
import { sampleOf, takeSample } from './sample.ts';
import { walk, type FoundFile, type FoundFolder } from './walk.ts';

/** A log found in a folder, with how likely it is the one that holds the curve. */
export interface Candidate {
  path: string;
  relative: string;
  format: MetricFormat;
  /** What its format was recognized by. */
  why: string;
  score: number;
  mtimeMs: number;
  /** Of a folder: the files that make up its log. */
  members?: string[];
}

export interface Candidates {
  /** The likeliest first. */
  ranked: Candidate[];
  /** Every file that was looked at, relative to the folder. */
  seen: string[];
}

/** Files looked into; a folder of ten thousand predictions is not read. */
const SAMPLED = 200;
const ENOUGH = 0.5;
/** What no format reads: checkpoints, pictures, code, settings. */
const FOREIGN =
  /\.(?:pth?|ckpt|h5|hdf5|keras|bin|safetensors|onnx|pkl|pickle|joblib|np[yz]|zip|gz|tar|tgz|bz2|xz|png|jpe?g|gif|svg|pdf|bmp|tiff?|mp4|wav|py|pyc|ipynb|sh|c|cpp|h|js|ts|css|html?|ya?ml|toml|ini|cfg|md|rst|parquet|arrow|feather|so|pid|lock)$/i;
const LIKELY =
  /^(?:.*[_-])?(?:metrics?|history|results?|progress|log_?history|scalars|summary|trainer_state|curves?|losses|training|train|logs?|stats|epochs?)(?:[_.-].*)?$/i;
const UNLIKELY =
  /(?:config|args|params|settings|predict|confusion|vocab|token|label|dataset|split|submission|package|requirements|environment|class|meta|schema|sample|feature|embedding|manifest|index|checkpoint|stderr|error)/i;

/** All logs below a folder, ranked by what they hold, then by their names, their depth and their age. `only`: of this format. */
export async function findCandidates(folder: string, only?: MetricFormat): Promise<Candidates> {
  const { files, folders } = await walk(folder);
  const plausible = files.filter(({ relative, size }) => size > 0 && !FOREIGN.test(relative));
  plausible.sort((a, b) => nameScore(b) - nameScore(a) || b.mtimeMs - a.mtimeMs);
  const found: Candidate[] = [];
  for (const file of plausible.slice(0, SAMPLED)) {
    const sample = await takeSample(file.path).catch(() => undefined);
    const candidate = sample && (await judge(file, sample, only));
    if (candidate) found.push(candidate);
  }
  if (hasFormatsFor('directory')) found.push(...(await judgeFolders(folders, files, only)));
  const ranked = rankCandidates(withoutParts(found));
  return { ranked, seen: files.map(({ relative }) => relative) };
}

/** Formats whose log is a folder; it is as new as its newest file. */
async function judgeFolders(
  folders: readonly FoundFolder[],
  files: readonly FoundFile[],
  only: MetricFormat | undefined,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const folder of folders) {
    const inside = files.filter(
      ({ relative }) => folder.relative === '' || relative.startsWith(folder.relative + sep),
    );
    const listing = inside.map(({ path }) => path.slice(folder.path.length + 1));
    const mtimeMs = inside.reduce((newest, file) => Math.max(newest, file.mtimeMs), 0);
    const sample = sampleOf(folder.path, 'directory', listing);
    const candidate = await judge({ ...folder, mtimeMs }, sample, only);
    if (!candidate) continue;
    const members = membersOf(folder.path, candidate.format, listing);
    // A log that is a part of the folder is as new as its own files, not as what else lies there.
    if (members.length > 0) {
      const own = new Set(members);
      candidate.mtimeMs = Math.max(...inside.filter(({ path }) => own.has(path)).map((file) => file.mtimeMs));
    }
    found.push({ ...candidate, relative: candidate.relative || '.', members });
  }
  return found;
}

async function judge(
  place: { path: string; relative: string; depth: number; mtimeMs: number },
  sample: Sample,
  only: MetricFormat | undefined,
): Promise<Candidate | undefined> {
  const ranked = await rankFormats(sample);
  const best = only === undefined ? ranked[0] : ranked.find(({ format }) => format === only);
  if (!best) return undefined;
  // What another format reads better is hardly meant where a format is named.
  const doubt = best === ranked[0] ? 0 : 0.3;
  const score = best.confidence + nameScore(place) + trialScore(best.format, sample) - doubt;
  if (score < ENOUGH) return undefined;
  const { path, relative, mtimeMs } = place;
  return {
    path,
    relative,
    format: best.format,
    why: best.why,
    mtimeMs,
    score: Math.round(score * 1000) / 1000,
  };
}

function nameScore({ relative, depth }: { relative: string; depth: number }): number {
  const name = basename(relative);
  return (LIKELY.test(name) ? 0.15 : 0) - (UNLIKELY.test(name) ? 0.3 : 0) - 0.02 * depth;
}

/** What reading the sample brings to light. */
function trialScore(format: MetricFormat, sample: Sample): number {
  // A folder or an address that is recognized at all is surely one.
  if (sample.kind !== 'file') return 0.3;
  const builder = new CurveBuilder();
  const reader = format.open({ path: sample.path, name: sample.name }, builder);
  if (reader.kind === 'polled') {
    void reader.close();
    return 0.3;
  }
  if (reader.kind === 'stream') reader.push(sample.head);
  else reader.read(sample.head, true);
  const { points, metrics } = builder.build(format.name, sample.path);
  if (points.length === 0) return -0.2;
  const hasAxis = points.some(({ epoch, step }) => epoch !== null || step !== null);
  const hasHeldOut = metrics.some((name) =>
    nameWords(name).some((word) => ['val', 'eval', 'test'].includes(phaseOf(word) ?? '')),
  );
  const isNamed = evidenceOf(metrics).metrics > 0;
  return (
    (points.length > 1 ? 0.1 : 0) + (hasAxis ? 0.1 : 0) + (hasHeldOut ? 0.15 : 0) + (isNamed ? 0.15 : -0.3)
  );
}
