// A Python with the current Optuna: the one named, or a virtual environment made once beside the project's build output.
// GPSampler needs torch: the system's is taken where there is one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = ['optuna', 'onnxruntime', 'cmaes', 'numpy<2'];

export async function preparePython(named) {
  if (named) return named;
  const folder = join(tmpdir(), 'pawl-bench-venv');
  const python = join(folder, 'bin', 'python');
  if (!existsSync(python)) {
    run(process.env.PYTHON ?? 'python3', ['-m', 'venv', '--system-site-packages', folder]);
    run(python, ['-m', 'pip', 'install', '-q', '-U', ...PACKAGES]);
  }
  return python;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
