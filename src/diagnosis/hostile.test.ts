import { describe, expect, it } from 'vitest';
import { configOf } from './fixtures/plan.ts';
import { PawlError } from '../errors.ts';
import { planChanges } from './plan.ts';
import { parseReport } from './report.ts';

const CONFIG = configOf('model: { dropout: 0.1 }\noptimizer: { lr: 0.001 }\n');
const HEAD = '# R\n\nRoot cause: overfitting\n\n## Recommendations\n\n';
const SIZE = 150_000;

function fill(text: string): string {
  return text.repeat(Math.ceil(SIZE / text.length));
}

function lines(text: string, length: number): string {
  return fill(`${text.repeat(Math.ceil(length / text.length))}\n`);
}

/** Shapes on which parsers of Markdown, YAML or regular expressions tend to go quadratic or worse. */
const SHAPES: Readonly<Record<string, string>> = {
  brackets: lines('[', 9000),
  'links never closed': lines('![a](', 9000),
  pipes: lines('|', 9000),
  'wide tables': lines('|a', 4000),
  backticks: Array.from({ length: 500 }, (_, at) => '`'.repeat(at)).join(' '),
  stars: lines('*a_b ', 4000),
  strikes: lines('~~a', 9000),
  quotes: fill(`${'> '.repeat(40)}a\n`),
  'nested lists': fill(Array.from({ length: 200 }, (_, at) => `${' '.repeat(at)}- a`).join('\n')),
  'numbered runs': fill(`${'1. '.repeat(40)}a\n`),
  fences: fill('```\n'),
  comments: lines('<!--', 9000),
  tags: lines('<a ', 9000),
  entities: lines('&amp;', 9000),
  'one line': 'a'.repeat(SIZE),
  digits: lines('1,', 9000),
  blanks: `${' '.repeat(SIZE)}x`,
  'table rules': lines('- ', 9000),
  parentheses: HEAD + fill(`- dropout ${'('.repeat(50)}0.4\n`),
  'values without end': `${HEAD}1. dropout ${'0.3 or '.repeat(20_000)}`,
  'names without end': `${HEAD}1. ${'learning rate and '.repeat(8000)}`,
  'ten thousand items': HEAD + fill('1. Set dropout to 0.4\n'),
  'YAML deep': `${HEAD}\`\`\`yaml\n${Array.from({ length: 500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')}\n\`\`\`\n`,
  'YAML flow': `${HEAD}\`\`\`yaml\na: ${'['.repeat(50_000)}\n\`\`\`\n`,
  'JSON deep': `{"recommendations": ${'['.repeat(50_000)}`,
  'JSON objects': '{"a":'.repeat(20_000),
  'YAML bomb': `${HEAD}\`\`\`yaml\na: &a [x, x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : 'a'}, *${at ? `b${at - 1}` : 'a'}]`).join('\n')}\n\`\`\`\n`,
  'shell words': `${HEAD}\`\`\`bash\npython a.py ${'--a 1 '.repeat(20_000)}\n\`\`\`\n`,
  CJK: lines('将学习率从0.1提高到', 9000),
};

describe.each(Object.entries(SHAPES))('%s', (_, text) => {
  it('comes to an end', () => {
    try {
      const plan = planChanges(parseReport(text, 'report.md'), CONFIG);
      for (const change of plan.changes) expect(change.path).toMatch(/^(?:model|optimizer)\./u);
    } catch (error) {
      if (!(error instanceof PawlError)) throw error;
      expect(error.exit).toBe(2);
    }
  });
});

it('says what it did not read', () => {
  const { warnings } = parseReport(
    `${HEAD}1. lr 0.1\n${'x'.repeat(20_000)}\n${'- a\n'.repeat(30_000)}`,
    'report.md',
  );
  expect(warnings.map((warning) => warning.message)).toEqual([
    'Only the first 20000 of 30009 lines were read.',
    'Line 8 is longer than 10000 characters and was not read.',
  ]);
});

it('takes nothing from comments, quotes, logs or prose about paths', () => {
  const text = `${HEAD}<!-- 1. model.dropout: 0.9 -->\n> 1. Set model.dropout to 0.8\n\n\`\`\`\nEpoch 1 loss: 0.4 lr: 0.1\nEpoch 2 loss: 0.3 lr: 0.1\n\`\`\`\n\nThe file ../../etc/passwd and $(rm -rf /) are not settings.\n`;
  expect(planChanges(parseReport(text, 'report.md'), CONFIG).changes).toEqual([]);
});
