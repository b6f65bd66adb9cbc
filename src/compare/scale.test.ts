import { describe, expect, it } from 'vitest';
import { alignScales, type Series } from './scale.ts';

const series = (name: string, ...groups: number[][]): Series[] =>
  groups.map((values, i) => ({ label: `${'ab'[i]}.csv`, name, values }));

describe('scales', () => {
  it.each<[string, number[], number[], number[], string, number]>([
    ['val_acc', [0.7, 0.83], [71, 84], [100, 1], 'percent', 1],
    ['val_acc', [71, 84], [0.7, 0.83], [1, 100], 'percent', 1],
    ['val_acc', [0.7, 0.83], [0.71, 0.84], [1, 1], 'fraction', 0],
    ['val_loss', [0.9, 0.7], [2.5, 1.5], [1, 1], 'other', 0],
    ['val_bleu', [22, 25], [0.22, 0.25], [1, 1], 'other', 1],
    ['val_bleu', [22, 25], [21, 24], [1, 1], 'other', 0],
    // A loss that blew up is no percentage.
    ['val_loss', [0.9, 0.7], [9000, 700], [1, 1], 'other', 0],
  ])('of %s: %j and %j', (name, a, b, factors, scale, notes) => {
    const said: string[] = [];
    expect(alignScales(series(name, a, b), (text) => said.push(text))).toEqual({ factors, scale });
    expect(said).toHaveLength(notes);
  });

  it('that cannot be told apart are refused', () => {
    expect(() => alignScales(series('val_acc', [0.9, 0.95], [1.1, 3]), () => {})).toThrow(
      expect.objectContaining({ code: 'COMPARE_SCALES' }) as Error,
    );
  });

  it('that look like two ways of writing one are named', () => {
    const said: string[] = [];
    alignScales(series('val_bleu', [22, 25], [0.22, 0.25]), (text) => said.push(text));
    expect(said).toEqual([
      'val_bleu is about a hundred times as large in a.csv (up to 25) as in b.csv (up to 0.25): if one of them is a percentage, this comparison means nothing.',
    ]);
  });
});
