import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConfigEdit } from '../src/config/_contract.ts';
import { editConfig, parseConfig } from '../src/config/document.ts';
import { Choices } from '../src/config/fixtures/choices.ts';
import { randomEdits, SAMPLE_NUMBERS, SAMPLE_WORDS } from '../src/config/fixtures/random-edits.ts';
import { writeYaml } from '../src/config/fixtures/yaml-text.ts';
import { formatScalar } from '../src/config/yaml/scalar.ts';

/**
 * Real PyYAML decides: it loads the baseline, the same edits are applied to what it loaded, and the result must be
 * what it loads from the edited text. So nothing that Pawl writes reads differently in a trainer.
 */
const PYTHON = process.env['PAWL_TEST_PYTHON'] ?? 'python3';

const CHECKER = String.raw`
import json, math, sys
import yaml

text = ''

def copy(value):
    if isinstance(value, dict): return {key: copy(item) for key, item in value.items()}
    if isinstance(value, list): return [copy(item) for item in value]
    return value

def find(container, key):
    if isinstance(container, list): return int(key)
    for own in container:
        if isinstance(own, str) and own == str(key): return own
    read = yaml.safe_load(str(key)) if isinstance(key, str) else key
    for own in container:
        if type(own) is type(read) and own == read: return own
    return None

def fresh(container, key):
    def number(text):
        return isinstance(text, int) and not isinstance(text, bool)
    digits = key.lstrip('-')
    integral = digits.isdigit() and digits.isascii() and (digits == '0' or digits[0] != '0')
    return int(key) if integral and len(container) > 0 and all(number(own) for own in container) else key

def pythonic(value):
    if isinstance(value, list): return [pythonic(item) for item in value]
    if isinstance(value, dict):
        keys = list(value)
        integral = len(keys) > 0 and all(k.lstrip('-').isdigit() and k.isascii() and (k == '0' or k.lstrip('-')[0] != '0') for k in keys)
        return {(int(k) if integral else k): pythonic(item) for k, item in value.items()}
    return value

def apply(root, edit):
    path, kind, value = edit['path'], edit['kind'], pythonic(edit['value'])
    at = root
    for index, key in enumerate(path[:-1]):
        own = find(at, key)
        if isinstance(at, list) and own == len(at): at.append({})
        if own is None or at[own] is None:
            own = own if own is not None else fresh(at, key)
            at[own] = {}
        at = at[own]
    key = path[-1]
    own = find(at, key)
    if kind == 'removed': del at[own]
    elif isinstance(at, list) and own == len(at): at.append(value)
    else: at[own if own is not None else fresh(at, key)] = value

def same(a, b):
    if isinstance(a, bool) or isinstance(b, bool): return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, dict) and isinstance(b, dict):
        left = {name(key): item for key, item in a.items()}
        right = {name(key): item for key, item in b.items()}
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    # An item of a list that was replaced by an equal one keeps its spelling, and with it what PyYAML makes of it.
    if isinstance(a, str) and hasattr(b, 'isoformat'): return a == b.isoformat()
    if isinstance(b, str) and isinstance(a, (int, float)): return b in text and number(b) == a
    return type(a) is type(b) and a == b

def name(key):
    return 'on' if key is True else str(key)

def number(text):
    try: return float(text)
    except ValueError: return None

def describe(case, what):
    return f"{what}\n--- before\n{case['before']}\n--- after\n{case['after']}\n--- edits {case['edits']!r}"

problems = []
loaded = 0
for case in json.load(sys.stdin):
    text = case['before']
    try:
        before = copy(yaml.safe_load(case['before']))
    except yaml.YAMLError as error:
        continue
    loaded += 1
    try:
        for edit in case['edits']: apply(before, edit)
        after = copy(yaml.safe_load(case['after']))
        if not same(before, after): problems.append(describe(case, f'wanted {before!r}, got {after!r}'))
    except Exception as error:
        problems.append(describe(case, repr(error)))
json.dump({'version': yaml.__version__, 'loaded': loaded, 'problems': problems}, sys.stdout)
`;

interface Case {
  before: string;
  after: string;
  edits: readonly Pick<ConfigEdit, 'path' | 'kind' | 'value'>[];
}

/** JSON as Python writes and reads it: NaN and infinities are bare words. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${pythonJson(item)}`)
      .join(',')}}`;
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function checkWithPython(cases: readonly Case[]): { loaded: number; problems: string[] } {
  const run = spawnSync(PYTHON, ['-c', CHECKER], {
    input: pythonJson(cases),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8:surrogatepass' },
  });
  if (run.error) throw new Error(`PAWL_TEST_PYTHON: '${PYTHON}' cannot be started: ${run.error.message}`);
  if (run.status !== 0) {
    throw new Error(`'${PYTHON}' needs the module yaml (Debian: python3-yaml, PyPI: PyYAML).\n${run.stderr}`);
  }
  return JSON.parse(run.stdout) as { loaded: number; problems: string[] };
}

const entropy = fc.array(fc.nat(1_000_000), { maxLength: 160, size: 'max' });

test.each([{ anchors: false }, { anchors: true }])(
  'edited documents read alike in PyYAML, %o',
  async (features) => {
    const runs = Number(process.env['RUNS'] ?? 600);
    const cases: Case[] = [];
    for (const [layout, changes] of fc.sample(fc.tuple(entropy, entropy), {
      numRuns: runs,
      seed: 20_260_101,
    })) {
      const before = writeYaml(new Choices(layout), features);
      const document = await parseConfig(before, 'generated.yaml');
      const options = { hasNull: true, hasSpecialNumbers: true };
      const { edits } = randomEdits(document.value, new Choices(changes), options);
      cases.push({ before, after: editConfig(document, edits).text, edits });
    }
    const { loaded, problems } = checkWithPython(cases);
    expect(problems.slice(0, 3).join('\n\n')).toBe('');
    expect(loaded).toBeGreaterThan(runs * 0.5);
  },
);

test('every scalar Pawl writes reads back in PyYAML as itself', () => {
  const values = [...SAMPLE_WORDS, ...SAMPLE_NUMBERS, true, false, null, Number.NaN, Infinity, -Infinity];
  const likes = ['', '1.0', '5.0e-4', '"q"', "'q'", 'plain', 'True'];
  const cases = values.flatMap((value) =>
    likes.flatMap((like) => [
      { value, text: `key: ${formatScalar(value, { place: 'block', like })}\n` },
      { value, text: `{key: ${formatScalar(value, { place: 'flow', like })}, other: [1]}\n` },
    ]),
  );
  const checked = cases.map(({ value, text }) => ({
    before: text.startsWith('{') ? '{key: 1, other: [1]}' : 'key: 1',
    after: text,
    edits: [{ path: ['key'], kind: 'changed' as const, value }],
  }));
  const { loaded, problems } = checkWithPython(checked);
  expect(problems.join('\n\n')).toBe('');
  expect(loaded).toBe(cases.length);
});
