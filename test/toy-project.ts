import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
export const PAWL = join(ROOT, 'bin', 'pawl');

export const TOY_REPORT = `# Diagnostic report

## Root cause

Insufficient regularization: the training accuracy is far above the validation accuracy.

Target: 80% val_acc

## Recommendations

1. **Add dropout**: set \`model.dropout: 0.0 → 0.4\`
   - Impact: high
   - Expected: +3–5 points
2. **Weight decay**: \`optimizer.weight_decay: 0.0 → 0.01\`
   - Impact: low
3. **Learning rate**: \`optimizer.learning_rate: 0.1 → 0.05\`
`;

export const TOY_CONFIG = `# toy baseline
model:
  hidden: 32
  dropout: 0.0     # none yet
optimizer:
  learning_rate: 0.1
  weight_decay: 0.0
training:
  epochs: 6
  epoch_ms: 20
`;

export interface ToyOptions {
  config?: string;
  report?: string | null;
  /** Further lines of pawl.yaml. */
  project?: string;
  train?: string;
}

/** A project in a folder of its own, trained by the toy trainer. */
export function makeToyProject(options: ToyOptions = {}): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-toy-'));
  mkdirSync(join(folder, 'configs'));
  cpSync(join(ROOT, 'test', 'programs', 'toy-trainer.mjs'), join(folder, 'train.mjs'));
  writeFileSync(join(folder, 'configs', 'training_config.yaml'), options.config ?? TOY_CONFIG);
  if (options.report !== null)
    writeFileSync(join(folder, 'diagnostic_report.md'), options.report ?? TOY_REPORT);
  const train = options.train ?? 'node train.mjs --config {config} --out {output} --seed {seed}';
  writeFileSync(
    join(folder, 'pawl.yaml'),
    `train: ${train}\nbaseline:\n  config: configs/training_config.yaml\nmetric: val_acc\nslots: 2\n${options.project ?? ''}`,
  );
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command; never throws. */
export function pawl(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, maxBuffer: 1 << 26 };
    execFile(process.execPath, [PAWL, ...args], options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}
