import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { runBriefly } from './brief.ts';

const limits = { cwd: tmpdir(), environment: { SAID: 'so' }, timeoutMs: 60_000, mostBytes: 100_000 };
const node = (program: string): string[] => [process.execPath, '-e', program];

it('tells what a program says and how it ends', async () => {
  const program = 'console.log(process.env.SAID, process.argv.length); console.error("no"); process.exit(3)';
  expect(await runBriefly(node(program), limits)).toEqual({
    end: 'exit',
    code: 3,
    stdout: 'so 1\n',
    stderr: 'no\n',
  });
});

it('gives no input and uses no shell', async () => {
  const program = 'process.stdin.on("end", () => console.log(process.argv[1])).resume()';
  const { stdout } = await runBriefly([...node(program), '$(echo x); y'], limits);
  expect(stdout).toBe('$(echo x); y\n');
});

it.each([
  ['timeout', 'setInterval(() => {}, 1000)', { timeoutMs: 300 }],
  ['too-long', '(function go() { process.stdout.write("x".repeat(1000), go); })()', {}],
  ['aborted', 'setInterval(() => {}, 1000)', { signal: AbortSignal.timeout(200) }],
])(
  'stops a program: %s',
  async (end, program, own) => {
    expect(await runBriefly(node(program), { ...limits, ...own })).toMatchObject({ end, code: null });
  },
  90_000,
);

it('says that there is no such program', async () => {
  expect(await runBriefly(['no-such-program-anywhere'], limits)).toMatchObject({ end: 'not-started' });
});

it('kills what a program leaves behind', async () => {
  const child = 'setInterval(() => {}, 1000)';
  const program = `const { pid } = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); console.log(pid); process.exit()`;
  const { stdout, end } = await runBriefly(node(program), limits);
  expect(end).toBe('exit');
  const pid = Number(stdout);
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isRunning(pid), { timeout: 15_000 }).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
