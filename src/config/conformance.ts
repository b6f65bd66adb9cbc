import { describe, expect, test } from 'vitest';
import type { ConfigSyntax } from './_contract.ts';
import { edit } from './fixtures/edited.ts';
import { equalValues } from './lookup.ts';
import { undoEdits } from './splices.ts';
import type { ConfigMapping } from './value.ts';

/** The config of the suite: each syntax brings a text that reads as this. */
export const CONFORMANCE_VALUE = {
  seed: 42,
  model: { name: 'resnet18', dropout: 0.5, layers: [64, 128], 'odd.key': true },
  optimizer: { lr: 0.1, betas: [0.9, 0.999], schedule: { gamma: 1, name: 'step' } },
  transforms: [{ name: 'Crop', size: 32 }, { name: 'Flip' }],
};

export interface ConformanceCase {
  /** Reads as `CONFORMANCE_VALUE`; `model.dropout` is spelled `0.50`, `optimizer.lr` stands on line `lrLine`. */
  text: string;
  file: string;
  lrLine: number;
  /** How a comment begins; undefined where the file has none. */
  comment: string | undefined;
}

/** What every config syntax must do. */
export function describeConfigSyntax(
  syntax: ConfigSyntax,
  { text, file, lrLine, comment }: ConformanceCase,
): void {
  const reread = (edited: string): ConfigMapping => syntax.parse(edited, file).value;
  const expectEdit = (edits: Parameters<typeof edit>[2], intended: object): string => {
    const edited = edit(syntax, text, edits, file);
    expect(reread(edited.text)).toEqual(intended);
    expect(edited.document.text).toBe(edited.text);
    expect(edited.sidecar === null).toBe(comment !== undefined);
    return edited.text;
  };
  const value = (): typeof CONFORMANCE_VALUE => structuredClone(CONFORMANCE_VALUE);

  describe(`the ${syntax.format} syntax (${file})`, () => {
    test('reads values, lines and spellings', () => {
      const document = syntax.parse(text, file);
      expect(document.value).toEqual(value());
      expect(Object.getPrototypeOf(document.value)).toBe(null);
      expect(document).toMatchObject({ format: syntax.format, file, text });
      expect(document.lineOf(['optimizer', 'lr'])).toBe(lrLine);
      expect(document.lineOf(['optimizer', 'nothing'])).toBeUndefined();
      expect(document.spellingOf(['model', 'dropout'])).toBe('0.50');
      expect(document.spellingOf(['model'])).toBeUndefined();
      expect(document.spellingOf(['model', 'nothing'])).toBeUndefined();
      expect(document.warnings).toEqual([]);
    });

    test('changes nothing without edits', () => {
      const edited = syntax.edit(syntax.parse(text, file), []);
      expect(edited.text).toBe(text);
      expect(edited.splices).toEqual([]);
    });

    test('changes a scalar and nothing else', () => {
      const intended = value();
      intended.optimizer.lr = 0.05;
      const lines = expectEdit([['optimizer.lr', 0.05]], intended).split('\n');
      const changed = text.split('\n').flatMap((line, index) => (lines[index] === line ? [] : [index + 1]));
      expect(changed).toEqual([lrLine]);
      if (comment !== undefined)
        expect(lines[lrLine - 1]).toContain(`CHANGED: from 0.1, why (recommendation 2)`);
    });

    test('keeps floats floats', () => {
      const edited = edit(syntax, text, [['model.dropout', 1]], file);
      expect(edited.document.spellingOf(['model', 'dropout'])).toBe('1.0');
      expect(edited.document.value['model']).toMatchObject({ dropout: 1 });
    });

    test('adds keys, deep keys, collections', () => {
      const intended = value();
      Object.assign(intended.model, { act: 'gelu', head: { norm: { eps: 1e-8 } } });
      Object.assign(intended, { loss: { name: 'ce', smoothing: 0.1, weights: [1, 2] } });
      const edited = expectEdit(
        [
          ['model.act', 'gelu'],
          ['model.head.norm.eps', 1e-8],
          ['loss', { name: 'ce', smoothing: 0.1, weights: [1, 2] }],
        ],
        intended,
      );
      for (const line of text.split('\n')) expect(edited).toContain(line.replace(/,$/, '').trimEnd());
      if (comment !== undefined) expect(edited).toContain(`${comment}NEW: why (recommendation 2)`);
    });

    test('removes keys, the last key, list items', () => {
      const { seed: _, ...rest } = value();
      const intended = {
        ...rest,
        optimizer: { ...rest.optimizer, schedule: {} },
        transforms: [{ name: 'Crop', size: 32 }],
      };
      const edited = expectEdit(
        [
          ['seed', undefined],
          ['optimizer.schedule.gamma', undefined],
          ['optimizer.schedule.name', undefined],
          ['transforms[1]', undefined],
        ],
        intended,
      );
      if (comment !== undefined) expect(edited).toMatch(/REMOVED: "?seed"?: 42, why/);
    });

    test.each<[string, Parameters<typeof edit>[2][number][1]]>([
      ['a longer list', [64, 128, 256]],
      ['a shorter list', [64]],
      ['an empty list', []],
      ['a mapping', { width: 64, depth: { of: 2 } }],
      ['a string', 'small'],
      ['lists in lists', [[1, 2], ['a']]],
      ['mappings in a list', [{ units: 64 }, { units: 128, bias: false }]],
    ])('replaces a list by %s', (_, to) => {
      const intended = value();
      Object.assign(intended.model, { layers: to });
      expectEdit([['model.layers', to]], intended);
    });

    test('replaces mappings and lists of mappings', () => {
      const intended = value();
      Object.assign(intended, {
        transforms: [{ name: 'Flip' }, { name: 'Crop', size: 28, pad: [1, 1] }, { name: 'Jitter' }],
      });
      Object.assign(intended.optimizer, { schedule: { name: 'cosine', t_max: 50 } });
      expectEdit(
        [
          ['transforms', intended.transforms],
          ['optimizer.schedule', intended.optimizer.schedule],
        ],
        intended,
      );
    });

    test('appends to lists and changes their items', () => {
      const intended = value();
      intended.model.layers = [32, 128, 256];
      Object.assign(intended, {
        transforms: [{ name: 'Crop', size: 28 }, { name: 'Flip' }, { name: 'Blur', sigma: 0.5 }],
      });
      expectEdit(
        [
          ['model.layers[0]', 32],
          ['model.layers[2]', 256, 'new'],
          ['transforms[0].size', 28],
          ['transforms[2]', { name: 'Blur', sigma: 0.5 }, 'new'],
        ],
        intended,
      );
    });

    test('edits build on one another', () => {
      const intended = value();
      Object.assign(intended.model, { head: { a: 2 } });
      expectEdit(
        [
          ['model.head.a', 1, 'new'],
          ['model.head.b', 1, 'new'],
          ['model.head.a', 2, 'changed'],
          ['model.head.b', undefined, 'removed'],
        ],
        intended,
      );
    });

    test('keys and strings of every kind come back as they went in', () => {
      const odd = [
        '',
        ' a ',
        'no',
        'null',
        '1e-4',
        '12:30',
        "it's",
        '"q"',
        'a\nb',
        '\t',
        '#x',
        'a: b',
        'é\u2028',
        '😀',
        '<<',
        '=',
        '\\',
      ];
      const intended = value();
      const words: Record<string, string> = Object.fromEntries(odd.map((word) => [`k${word}`, word]));
      Object.assign(intended, { words });
      expectEdit([['words', words, 'new']], intended);
    });

    test('a reason cannot break out of its comment', () => {
      const why = 'evil\nseed: 7\r\n# x */ // \u2028seed: 8 -->';
      const document = syntax.parse(text, file);
      const edits = [
        { path: ['optimizer', 'lr'], kind: 'changed' as const, value: 1, why },
        { path: ['model', 'extra'], kind: 'new' as const, value: 1, why },
        { path: ['seed'], kind: 'removed' as const, value: null, why },
      ];
      const { seed: _, ...rest } = value();
      const intended = {
        ...rest,
        optimizer: { ...rest.optimizer, lr: 1 },
        model: { ...rest.model, extra: 1 },
      };
      const edited = syntax.edit(document, edits);
      expect(equalValues(reread(edited.text), intended as unknown as ConfigMapping)).toBe(true);
      expect(undoEdits(edited.text, edited.splices)).toBe(text);
    });

    test.each([
      ['\r\n', (original: string): string => original.replaceAll('\n', '\r\n')],
      ['a byte order mark', (original: string): string => `\uFEFF${original}`],
      ['no line break at the end', (original: string): string => original.trimEnd()],
    ])('keeps %s', (_, transform) => {
      const original = transform(text);
      const intended = value();
      Object.assign(intended, { seed: 7, loss: { name: 'ce' } });
      const edited = edit(
        syntax,
        original,
        [
          ['seed', 7],
          ['loss.name', 'ce'],
        ],
        file,
      );
      expect(reread(edited.text)).toEqual(intended);
      expect(edited.text.startsWith('\uFEFF')).toBe(original.startsWith('\uFEFF'));
      if (original.includes('\r')) expect(edited.text).not.toMatch(/[^\r]\n/);
    });

    test.each<[string, string, unknown, 'new' | 'changed' | 'removed', string]>([
      ['an absent path', 'model.nothing', 1, 'changed', 'CONFIG_EDIT_ABSENT'],
      ['removing an absent path', 'model.nothing', null, 'removed', 'CONFIG_EDIT_ABSENT'],
      ['a new path that exists', 'model.name', 1, 'new', 'CONFIG_EDIT_EXISTS'],
      ['a path through a scalar', 'seed.value', 1, 'new', 'CONFIG_EDIT_PATH'],
      ['a position outside a list', 'model.layers[5]', 1, 'new', 'CONFIG_EDIT_PATH'],
      ['a name in a list', 'model.layers.first', 1, 'new', 'CONFIG_EDIT_PATH'],
      ['a refused key', 'model.__proto__.x', 1, 'new', 'CONFIG_KEY_REFUSED'],
      [
        'a refused key in a value',
        'model.extra',
        JSON.parse('{"__proto__": 1}'),
        'new',
        'CONFIG_KEY_REFUSED',
      ],
    ])('refuses %s', (_, path, to, kind, code) => {
      const run = (): unknown => edit(syntax, text, [[path, to as never, kind]], file);
      expect(run).toThrow(expect.objectContaining({ code, exit: 2, file }));
    });

    test.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s in a file', (key) => {
      const hostile = text.replaceAll('schedule', key);
      expect(() => syntax.parse(hostile, file)).toThrow(
        expect.objectContaining({ code: 'CONFIG_KEY_REFUSED', exit: 2, file, line: expect.any(Number) }),
      );
    });
  });
}
