import { describe, expect, it } from 'vitest';
import type { Curve } from '../metrics/_contract.ts';
import { renderCurve } from './curve-table.ts';

const curve = (length: number, values: (epoch: number) => Record<string, number>): Curve => {
  const points = Array.from({ length }, (_, i) => ({ step: null, epoch: i + 1, values: values(i + 1) }));
  return { format: 'csv', file: 'log.csv', points, metrics: Object.keys(values(1)), warnings: [] };
};
const options = { color: false, width: 100 };

describe('renderCurve', () => {
  it('shows points, directions and best values', () => {
    const text = renderCurve(
      curve(3, (e) => ({ train_loss: 1 / e, val_acc: [0.5, 0.8, Number.NaN][e - 1] as number, lr: 0.001 })),
      options,
    );
    expect(text).toBe(`log.csv (csv, 3 points, 3 metrics)

epoch  train_loss ↓  val_acc ↑        lr
1            1.000     0.5000   0.001000
2            0.500     0.8000*  0.001000
3            0.333*       NaN   0.001000

↑ more is better, ↓ less is better (by its name), * best

               first    best  at epoch   last
train_loss ↓   1.000   0.333         3  0.333
val_acc ↑     0.5000  0.8000         2    NaN`);
  });

  it('counts epochs as the log does', () => {
    const { points, ...rest } = curve(3, (e) => ({ val_acc: [0.5, 0.8, 0.7][e - 1] as number }));
    const fromZero = { ...rest, points: points.map((point, epoch) => ({ ...point, epoch })) };
    expect(renderCurve(fromZero, options)).toMatch(
      /^1 +0\.8000\*$[\s\S]*^val_acc ↑ +0\.5000 +0\.8000 +1 +0\.7000$/m,
    );
  });

  it('keeps the first, best and last of many', () => {
    const text = renderCurve(
      curve(500, (e) => ({ val_acc: e === 250 ? 0.99 : e / 1000 })),
      options,
    );
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(40);
    expect(lines.filter((line) => line.startsWith('…')).length).toBe(2);
    for (const epoch of [1, 10, 249, 250, 251, 491, 500])
      expect(lines.some((line) => line.startsWith(`${epoch} `))).toBe(true);
    expect(text).toContain('0.9900*');
  });

  it('leaves out columns that do not fit, the deciding one last', () => {
    const values = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`layer_${i}_norm`, i]));
    const text = renderCurve(
      curve(2, (e) => ({ ...values, val_acc: e / 10 })),
      { color: false, width: 60 },
    );
    for (const line of text.split('\n').slice(2, 5)) expect(line.length).toBeLessThanOrEqual(60);
    expect(text).toMatch(/and \d+ more: layer_/);
    expect(text.split('\n')[2]).toContain('val_acc ↑');
  });

  it('prints hostile names harmlessly', () => {
    const text = renderCurve(
      curve(1, () => ({ 'val_\u001B[31macc\n': 1 })),
      options,
    );
    expect(text).not.toContain('\u001B');
  });
});
