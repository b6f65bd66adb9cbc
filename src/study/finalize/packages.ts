import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Project } from '../../project/load.ts';

const run = promisify(execFile);

/** Libraries whose version changes what a training comes to. */
const TELLING =
  'torch torchvision torchaudio lightning pytorch-lightning tensorflow keras jax jaxlib flax transformers datasets accelerate timm ultralytics scikit-learn xgboost lightgbm catboost numpy scipy pandas hydra-core'.split(
    ' ',
  );

const PROGRAM = `import json, sys
from importlib.metadata import version, PackageNotFoundError
found = {}
for name in sys.argv[1:]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        pass
print(json.dumps(found))`;

/** Versions of the libraries that the interpreter of `train:` has; empty where it names no Python. */
export async function packageVersions(project: Project): Promise<Record<string, string>> {
  const { train, environment } = project.settings;
  const command = typeof train === 'string' ? train : train.join(' ');
  const program = /^\s*(\S*python[\d.]*)(?:\s|$)/.exec(command)?.[1];
  const versions = Object.create(null) as Record<string, string>;
  if (program === undefined) return versions;
  const own = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, String(value)]));
  try {
    const { stdout } = await run(program, ['-c', PROGRAM, ...TELLING], {
      timeout: 20_000,
      env: { ...process.env, ...own },
      cwd: project.root,
    });
    const parsed: unknown = JSON.parse(stdout);
    if (typeof parsed === 'object' && parsed !== null) {
      for (const [name, version] of Object.entries(parsed)) {
        if (TELLING.includes(name) && typeof version === 'string') versions[name] = version;
      }
    }
  } catch {
    // Not known is no reason to fail: the card says so.
  }
  return versions;
}
