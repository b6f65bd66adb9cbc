import { describe, expect, test } from 'vitest';
import { formatPath } from '../../config/path.ts';
import { deriveSpace, type RecommendedChange } from './derive.ts';
import { describeDomain } from './describe.ts';
import { locateSpace } from './locate.ts';
import { readSpace } from './read.ts';

const config = {
  optimizer: { lr: '1e-4', name: 'adam' },
  head: { dropout: 0.1 },
  body: { dropout: 0.2 },
  blocks: [{ width: 8 }],
  amp: true,
  warmup: null,
};

describe('locateSpace', () => {
  test.each([
    [{ lr: [0.1, 0.2] }, 'optimizer.lr'],
    [{ 'head.dropout': [0.1, 0.2] }, 'head.dropout'],
    [{ 'blocks[0].width': [4, 8] }, 'blocks[0].width'],
    [{ warmup: ['linear', null] }, 'warmup'],
    [{ amp: [true, false] }, 'amp'],
  ])('%j is %s', (written, expected) => {
    const [param] = locateSpace(readSpace(written), config).params;
    expect(formatPath(param?.path ?? [])).toBe(expected);
  });

  test.each([
    [{ dropout: [0.1, 0.2] }, 'dropout: it could be head.dropout or body.dropout.'],
    [{ wheels: [1, 2] }, 'wheels: the config has no such key.'],
    [{ amp: [0.1, 0.2] }, 'amp: the config holds true (a boolean), which 0.1 does not fit.'],
    [{ lr: ['fast', 'slow'] }, "lr: the config holds '1e-4' (a string)"],
    [{ lr: [1, 2], 'optimizer.lr': [1, 2] }, 'optimizer.lr: it is the same config key as lr'],
  ])('%j is refused', (written, message) => {
    if (message.startsWith("lr: the config holds '1e-4'")) {
      // A text in place of a text fits, even where it spells a number.
      expect(locateSpace(readSpace(written), config).params).toHaveLength(1);
    } else expect(() => locateSpace(readSpace(written), config)).toThrow(message);
  });

  test('new keys where they are allowed, but not typing errors', () => {
    expect(locateSpace(readSpace({ wheels: [1, 2] }), config, { allowsNew: true }).params).toHaveLength(1);
    expect(() => locateSpace(readSpace({ warmip: [1, 2] }), config, { allowsNew: true })).toThrow(
      expect.objectContaining({ remedy: 'Did you mean warmup?' }),
    );
  });
});

describe('deriveSpace', () => {
  const changed = (
    path: string,
    from: RecommendedChange['from'],
    to: RecommendedChange['to'],
  ): RecommendedChange => ({
    path,
    kind: from === null ? 'new' : 'changed',
    from,
    to,
  });

  test.each([
    [changed('optimizer.lr', 0.01, 0.001), '1e-4 … 0.01 (log)'],
    [changed('weight_decay', null, '1e-4'), '1e-5 … 0.001 (log)'],
    [changed('weightDecay', 0, 0.01), '0.001 … 0.1 (log)'],
    [changed('model.dropout', 0, 0.4), '0.2 … 0.6'],
    [changed('model.dropout_rate', 0.1, 0.8), '0.6 … 0.9'],
    [changed('label_smoothing', 0, 0.1), '0 … 0.3'],
    [changed('momentum', 0.5, 0.9), '0.7 … 0.999'],
    [changed('batch_size', 128, 32), '16, 32 or 64'],
    [changed('model.hidden', 50, 100), '50 … 200 (whole, log)'],
    [changed('layers', 4, 2), '1 … 4 (whole)'],
    [changed('augment', false, true), 'false or true'],
    [changed('optimizer.name', 'sgd', 'adamw'), 'sgd or adamw'],
  ])('%j', (change, expected) => {
    const { space } = deriveSpace([change]);
    expect(space.params.map(describeDomain)).toEqual([expected]);
  });

  test.each([
    [changed('epochs', 10, 50), 'length'],
    [changed('early_stopping.patience', 3, 8), 'length'],
    [changed('scheduler', null, 'cosine'), 'no second value'],
    [{ path: 'a', kind: 'removed', from: 1, to: null } as const, 'removed'],
  ])('%j is not searched', (change, why) => {
    const { space, fixed } = deriveSpace([change]);
    expect(space.params).toEqual([]);
    expect(fixed[0]?.why).toContain(why);
  });
});
