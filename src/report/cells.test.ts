import { expect, test } from 'vitest';
import { cellsOf, fitCells, setCells } from './cells.ts';

test.each([
  ['val_acc', 7],
  ['検証精度', 8],
  ['한글', 4],
  ['é', 1],
  ['e\u0301', 1],
  ['👩‍🔬', 2],
  ['🇩🇪', 2],
  ['→ ✓ ▲', 5],
  ['ｆｕｌｌ', 8],
  ['', 0],
])('%s takes %d cells', (text, cells) => expect(cellsOf(text)).toBe(cells));

test.each([
  ['validation', 6, 'valid…'],
  ['検証精度', 5, '検証…'],
  ['検証精度', 4, '検…'],
  ['検証精度', 8, '検証精度'],
  ['👩‍🔬👩‍🔬👩‍🔬', 5, '👩‍🔬👩‍🔬…'],
  ['abc', 0, ''],
  ['abc', 1, '…'],
])('%s in %d cells: %s', (text, cells, fitted) => expect(fitCells(text, cells)).toBe(fitted));

test('cells are filled to their width', () => {
  expect(setCells('検証精度', 6)).toBe('検証… ');
  expect(setCells('7', 3, 'right')).toBe('  7');
});
