import { execFile } from 'node:child_process';
import { cpus, release, totalmem, type as osType } from 'node:os';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { Project } from '../project/load.ts';
import type { EnvironmentFacts } from './types.ts';

const run = promisify(execFile);

/** What a reader needs to know of the machine and the code to judge or repeat the result. */
export async function describeEnvironment(
  project: Project,
  gpus: readonly string[],
): Promise<EnvironmentFacts> {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  const { train } = project.settings;
  const command = typeof train === 'string' ? train : train.join(' ');
  const [python, git] = await Promise.all([pythonVersion(command, project), gitState(project.root)]);
  return {
    pawl: version,
    node: process.versions.node,
    os: `${osType()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    gpus: [...gpus],
    python,
    git,
    command,
  };
}

/** Version of the interpreter that the command names; null where it names none. */
async function pythonVersion(command: string, project: Project): Promise<string | null> {
  const program = /^\s*(\S*python[\d.]*)(?:\s|$)/.exec(command)?.[1];
  if (program === undefined) return null;
  const env = { ...process.env, ...stringsOf(project.settings.environment) };
  try {
    const { stdout, stderr } = await run(program, ['--version'], { timeout: 5000, env, cwd: project.root });
    return (stdout || stderr).trim().replace(/^Python /, '') || null;
  } catch {
    return null;
  }
}

async function gitState(root: string): Promise<EnvironmentFacts['git']> {
  try {
    const { stdout: commit } = await run('git', ['rev-parse', 'HEAD'], { cwd: root, timeout: 5000 });
    const { stdout: changes } = await run('git', ['status', '--porcelain', '--', '.'], {
      cwd: root,
      timeout: 10_000,
    });
    return { commit: commit.trim(), isDirty: changes.trim() !== '' };
  } catch {
    return null;
  }
}

function stringsOf(record: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
}
