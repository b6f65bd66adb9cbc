import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pawl, ROOT } from '../toy-project.ts';
import { hasField, readAgentText, readCommand } from './command-text.ts';

/** Plays an agent that knows nothing but the command texts and what the CLI answers. */
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-agent-'));
  cpSync(join(ROOT, 'examples', 'digits'), folder, {
    recursive: true,
    filter: (path) => !/\.pawl|optimization|final|checkpoints/.test(path.slice(ROOT.length)),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Played {
  call: string;
  code: number;
  document: unknown;
}

/** Runs the calls of a text with these arguments; stops where one fails, as the texts say. */
async function play(name: string, args: string, heading?: string): Promise<Played[]> {
  const played: Played[] = [];
  for (const call of readCommand(name, heading).calls) {
    const words = call.replace('$ARGUMENTS', args).split(/\s+/).slice(1);
    const { code, stdout } = await pawl(words, folder);
    played.push({ call, code, document: JSON.parse(stdout) });
    if (code !== 0) break;
  }
  return played;
}

const capabilities = z.object({
  commands: z.array(
    z.object({
      name: z.string(),
      options: z.array(z.object({ short: z.string().nullable(), long: z.string() })),
    }),
  ),
});
const VALUES = new Set(
  `finalize accept iterate rediagnose better not-better inconclusive unverified unstable confirmed nominal not-met inert
   undetermined healthy fine notable warning null pawl`.split(/\s+/),
);
const FAILURE = { error: { code: '', message: '', remedy: '', file: '', line: 0 } };

/** Mentions that name neither a field of a document seen, nor a value, a command, an option or a code. */
async function stale(mentions: readonly string[], documents: readonly unknown[]): Promise<string[]> {
  const answer = await pawl(['capabilities', '--json'], folder);
  const { commands } = capabilities.parse(JSON.parse(answer.stdout));
  const codes = readFileSync(join(ROOT, 'docs', 'reference', 'errors.md'), 'utf8');
  const known = (mention: string): boolean => {
    if (/^[A-Z][A-Z_]+$/.test(mention)) return codes.includes(`## ${mention}\n`);
    if (mention === '$ARGUMENTS') return true;
    if (mention.startsWith('/')) {
      const [name = '', ...words] = mention.slice(1).split(' ');
      const hint = existsSync(join(ROOT, 'plugin', 'commands', `${name}.md`)) ? readCommand(name).hint : null;
      return hint !== null && words.every((word) => hint.includes(word));
    }
    if (/^\w+\.(?:yaml|md)$/.test(mention)) return true;
    if (/^(?:npx )?pawl\b|^--/.test(mention)) {
      const words = mention.split(/\s+/).filter((word) => word !== 'npx' && word !== 'pawl');
      const command = commands.find(({ name }) => name === words[0]);
      if (words[0] !== undefined && !words[0].startsWith('-') && !command) return false;
      const options = (command ? [command] : commands).flatMap((each) =>
        each.options.flatMap(({ short, long }) => [short, long]),
      );
      return words
        .filter((word) => word.startsWith('-'))
        .every((word) => options.includes(word.split('=')[0] ?? ''));
    }
    return VALUES.has(mention) || [...documents, FAILURE].some((document) => hasField(document, mention));
  };
  return mentions.filter((mention) => !known(mention));
}

describe('an agent with the command texts', () => {
  it('goes from /diagnose over /optimize to /finalize', async () => {
    const optimized = await play('optimize', '--evidence quick');
    expect(optimized.map(({ code }) => code)).toEqual([0, 0]);
    const [plan, result] = optimized;
    expect(plan?.document).toMatchObject({ dryRun: true });
    const { decision, artifacts } = z
      .object({ decision: z.string(), artifacts: z.record(z.string(), z.string()) })
      .parse(result?.document);
    for (const file of Object.values(artifacts)) expect(existsSync(join(folder, file)), file).toBe(true);
    const status = await pawl(['status', '--json'], folder);
    const seen = [plan?.document, result?.document, JSON.parse(status.stdout)];
    expect(await stale(readCommand('optimize').mentions, seen)).toEqual([]);

    // The table in the text says what follows.
    expect(readCommand('optimize').text).toMatch(new RegExp(`\`${decision}\`.*\\| \`/finalize\``));
    const finalized = await play('finalize', '');
    expect(finalized.map(({ code }) => code)).toEqual([0, 0]);
    expect(
      await stale(
        readCommand('finalize').mentions,
        finalized.map(({ document }) => document),
      ),
    ).toEqual([]);
    const final = z.object({ artifacts: z.record(z.string(), z.string()) }).parse(finalized[1]?.document);
    for (const file of Object.values(final.artifacts))
      expect(existsSync(join(folder, file)), file).toBe(true);
    expect((await play('finalize', '')).map(({ code }) => code)).toEqual([3]);
  });

  it('searches where it is asked to', async () => {
    const searched = mkdtempSync(join(tmpdir(), 'pawl-agent-sweep-'));
    try {
      cpSync(folder, searched, {
        recursive: true,
        filter: (path) => !path.slice(folder.length).includes('.pawl'),
      });
      const file = join(searched, 'pawl.yaml');
      const settings =
        'sweep:\n  space: { dropout: [0.0, 0.3], shift: [0, 2] }\n  n_trials: 3\n  confirm: false\n';
      writeFileSync(file, `${readFileSync(file, 'utf8')}${settings}`);
      const played: Played[] = [];
      const { calls, mentions } = readCommand('optimize', 'Searching instead');
      for (const call of calls) {
        const { code, stdout } = await pawl(call.split(/\s+/).slice(1), searched);
        played.push({ call, code, document: JSON.parse(stdout) });
      }
      expect(played.map(({ call, code }) => [call, code])).toEqual([
        ['pawl sweep --dry-run --json', 0],
        ['pawl sweep --json', 0],
      ]);
      const status = await pawl(['status', '--json'], searched);
      const tested = { confirmed: { verdict: '', effect: {} } };
      expect(played[1]?.document).toMatchObject({ confirmed: null, trials: 3 });
      const seen = [...played.map(({ document }) => document), JSON.parse(status.stdout), tested];
      expect(await stale(mentions, seen)).toEqual([]);
    } finally {
      rmSync(searched, { recursive: true, force: true });
    }
  });

  it('diagnoses the baseline', async () => {
    const played = await play(
      'diagnose',
      'results/baseline --config configs/training_config.yaml --out diagnosed.md',
    );
    expect(played.map(({ code }) => code)).toEqual([0]);
    expect(
      await stale(
        readCommand('diagnose').mentions,
        played.map(({ document }) => document),
      ),
    ).toEqual([]);
    expect(existsSync(join(folder, 'diagnosed.md'))).toBe(true);
  });

  it('is told of no command, option or code by the skill that does not exist', async () => {
    const { text, mentions } = readAgentText(join(ROOT, '.agents', 'skills', 'pawl', 'SKILL.md'));
    const documents = [{ decision: '', verdict: '', next: '' }];
    expect(await stale(mentions, documents)).toEqual([]);
    expect(text.split('\n').length).toBeLessThan(500);
  });
});
