import { expect, it } from 'vitest';
import { rankCandidates } from './rank.ts';

const at = (relative: string, score: number, mtimeMs: number) => ({ relative, score, mtimeMs });

it('ranks by score, then by number where a training numbers, then by age', () => {
  const ranked = rankCandidates([
    at('checkpoint-8/trainer_state.json', 1.2, 900),
    at('b/metrics.csv', 1.2, 500),
    at('checkpoint-24/trainer_state.json', 1.2, 100),
    at('a/metrics.csv', 1.2, 950),
    at('run-1/log.csv', 1.3, 20),
    at('run-2/log.csv', 1.3, 10),
    at('epoch-9/metrics.csv', 1.4, 5),
    at('epoch-10/metrics.csv', 1.4, 5),
    at('version_0/metrics.csv', 1.5, 6),
    at('version_1/metrics.csv', 1.5, 5),
  ]);
  expect(ranked.map(({ relative }) => relative)).toEqual([
    'version_0/metrics.csv',
    'version_1/metrics.csv',
    'epoch-10/metrics.csv',
    'epoch-9/metrics.csv',
    'run-1/log.csv',
    'run-2/log.csv',
    'a/metrics.csv',
    'checkpoint-24/trainer_state.json',
    'checkpoint-8/trainer_state.json',
    'b/metrics.csv',
  ]);
});
