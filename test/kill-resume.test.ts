import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeToyProject, pawl, PAWL, TOY_CONFIG } from './toy-project.ts';

const KILLS = 30;
const CONFIG = TOY_CONFIG.replace('epochs: 6', 'epochs: 12').replace('epoch_ms: 20', 'epoch_ms: 40');
const PROJECT = 'evidence: standard\nseeds: [1, 2, 3, 4, 5, 6]\n';

/** What must not depend on interruptions. */
interface Result {
  decision: string;
  verdict: string;
  improvement: unknown;
  runs: { id: string; trial: string; seed: number; status: string; value: number }[];
}

function essence(document: Result): object {
  const runs = document.runs
    .filter((run) => run.status === 'finished')
    .map(({ trial, seed, status, value }) => ({ trial, seed, status, value }))
    .sort((a, b) => a.trial.localeCompare(b.trial) || a.seed - b.seed);
  const { decision, verdict, improvement } = document;
  return { decision, verdict, improvement, runs };
}

/** Processes that carry a run of this project in their environment. */
function trainingsOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return environment.includes('PAWL_RUN_ID=') && environment.includes(folder);
      } catch {
        return false;
      }
    });
}

/** Starts the command and kills it with SIGKILL after a while; tells whether it ended by itself before that. */
function killAfter(ms: number, args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PAWL, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal !== 'SIGKILL');
    });
  });
}

/** A small generator of its own, so that a failing sequence of moments can be run again. */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return 150 + (state / 4_294_967_296) * 1500;
  };
}

test(`killed with SIGKILL at ${KILLS} random moments, a study comes to the same end`, async () => {
  const calm = makeToyProject({ config: CONFIG, project: PROJECT });
  const undisturbed = await pawl(['optimize', '--json', '-q'], calm.folder);
  expect(undisturbed.stderr).toBe('');
  const expected = essence(JSON.parse(undisturbed.stdout) as Result);
  calm.remove();

  const nextMoment = moments(20_261_122);
  let kills = 0;
  let studies = 0;
  while (kills < KILLS) {
    const project = makeToyProject({ config: CONFIG, project: PROJECT });
    const journal = join(project.folder, 'journal.txt');
    const env = { TOY_JOURNAL: journal };
    const budget = Math.min(KILLS - kills, 12);
    for (let i = 0; i < budget; i++) {
      if (await killAfter(nextMoment(), ['optimize', '--resume', '-q'], project.folder, env)) break;
      kills += 1;
    }
    const last = await pawl(['optimize', '--resume', '--json', '-q'], project.folder, env);
    expect(last.code, last.stderr).toBe(0);
    expect(essence(JSON.parse(last.stdout) as Result)).toEqual(expected);
    const { runs } = JSON.parse(last.stdout) as Result;
    expect(new Set(runs.map((run) => `${run.trial} ${run.seed} ${run.status}`)).size).toBe(runs.length);
    expect(trainingsOf(project.folder)).toEqual([]);
    const ended = readFileSync(journal, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('end '));
    const finished = ended.map((line) => line.split(' ').slice(1, 3).join(' '));
    studies += 1;
    const repeated = finished.filter((name, i) => finished.indexOf(name) !== i);
    expect(repeated, `study ${studies}: a finished run was repeated`).toEqual([]);
    project.remove();
  }
  expect(kills).toBe(KILLS);
});
