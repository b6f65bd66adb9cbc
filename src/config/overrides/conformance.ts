import { describe, expect, it } from 'vitest';
import { PawlError } from '../../errors.ts';
import { parseConfig } from '../document.ts';
import type { ConfigMapping, ConfigValue } from '../value.ts';
import type { OverrideContext, OverrideStyle, Passed } from './_contract.ts';
import { passChanges } from './registry.ts';

const BASE = `seed: 1
lr: 0.1
epochs: 10
name: resnet
amp: false
betas: [0.9, 0.999]
`;

const CONTEXT: OverrideContext = {
  names: new Map(),
  values: undefined,
  prefix: '',
  separator: '_',
  flags: null,
};

/** Strings that a reader could take for something else, or a shell could run. */
const HOSTILE = [
  'no',
  '1',
  '1e-4',
  'null',
  'a b',
  "it's",
  '"q"',
  'x\\',
  '$(touch x)',
  '; rm -rf x',
  '-x',
  '--lr=9',
  'a=b',
  '{a}',
  '[b]',
  'é🙂',
  '\n',
];

/** What every style must do: nothing for no difference, exact or refused, one argument per word, nothing changed beside. */
export function describeOverrideStyle(style: OverrideStyle, context: Partial<OverrideContext> = {}): void {
  const full = { ...CONTEXT, ...context };
  const base = parseConfig(BASE, 'base.yaml');
  const withValues = async (values: ConfigMapping): Promise<Passed> => {
    const document = await base;
    return passChanges(style, document, { ...document.value, ...values }, full);
  };
  const sizeOf = ({ argv, environment }: Passed): number => argv.length + Object.keys(environment).length;

  describe(style.name, () => {
    it('hands over nothing where nothing differs', async () => {
      expect(await withValues({})).toEqual({ argv: [], environment: {} });
    });

    if (style.name === 'file') return;

    it('keeps a float a float: 1 in place of 0.1 is 1.0', async () => {
      const { argv, environment } = await withValues({ lr: 1 });
      expect([...argv, ...Object.values(environment)].join(' ')).toMatch(/(?:^|[=\s])1\.0$/);
    });

    it('keeps an integer an integer', async () => {
      const { argv, environment } = await withValues({ epochs: 25 });
      expect([...argv, ...Object.values(environment)].join(' ')).toMatch(/(?:^|[=\s])25$/);
    });

    it('writes small numbers as every reader takes them for numbers', async () => {
      const { argv, environment } = await withValues({ lr: 1e-7 });
      expect([...argv, ...Object.values(environment)].join(' ')).toMatch(/1\.0e-7$/);
    });

    it.each(HOSTILE)('hands over %j in one piece, or refuses it', async (text) => {
      const plain = sizeOf(await withValues({ name: 'plain' }));
      try {
        const passed = await withValues({ name: text });
        expect(sizeOf(passed)).toBe(plain);
      } catch (error) {
        expect(error).toBeInstanceOf(PawlError);
        expect((error as PawlError).code).toBe('OVERRIDE_NOT_EXPRESSIBLE');
      }
    });

    it('hands over no NUL character: it is escaped or refused', async () => {
      const words = await withValues({ name: 'a\0b' }).then(
        ({ argv, environment }) => [...argv, ...Object.values(environment)],
        (error: unknown) => [(error as PawlError).code],
      );
      expect(words.join(' ')).not.toContain('\0');
      expect(words.length).toBeGreaterThan(0);
    });

    it('puts its lead in front once, whatever the number of changes', async () => {
      const { argv } = await withValues({ lr: 0.2, epochs: 3 });
      expect(argv.slice(0, style.lead.length)).toEqual(style.lead);
      expect(argv.filter((word) => style.lead.includes(word))).toHaveLength(style.lead.length);
    });

    it('says of what it refuses which change it is and what to do', async () => {
      const document = await base;
      const { lr: _lr, ...rest } = document.value;
      const removed = Object.assign(Object.create(null), rest) as Record<string, ConfigValue>;
      try {
        const { argv } = passChanges(style, document, removed, full);
        expect(argv).toEqual(['~lr']);
      } catch (error) {
        expect((error as PawlError).message).toContain('lr');
        expect((error as PawlError).remedy).toContain('--without lr');
      }
    });
  });
}
