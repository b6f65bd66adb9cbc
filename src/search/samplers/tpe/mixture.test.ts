import { expect, test } from 'vitest';
import { createRng } from '../../../math/rng.ts';
import { MIXED } from '../conformance.ts';
import { TrialTable } from '../../table.ts';
import { trialOf } from '../../trial.ts';
import { random } from '../random.ts';
import { createLogDensity } from './density.ts';
import { drawPoint } from './draw.ts';
import { groupsOf, type Group } from './groups.ts';
import { MixtureBuilder } from './mixture.ts';

const sampler = random.create({ space: MIXED, goal: 'min', seed: 3, plannedTrials: null, fullStep: null });
const trials = Array.from({ length: 60 }, (_, number) =>
  trialOf(number, sampler.suggest([], number) ?? {}, [
    { seed: 1, state: 'complete', value: number, reports: [] },
  ]),
);
const [group] = groupsOf(MIXED) as [Group];

function mixtureOf(builder: MixtureBuilder, rows: readonly number[]) {
  const slots = new Int32Array(trials.length).fill(-1);
  rows.forEach((row, kernel) => (slots[row] = kernel));
  return builder.build(Int32Array.from(rows), slots, new Float64Array(rows.length + 1).fill(1));
}

const tableOf = (count: number): TrialTable => {
  const table = new TrialTable(MIXED);
  table.update(trials.slice(0, count));
  return table;
};

test('what a builder keeps from one mixture to the next changes nothing', () => {
  const table = tableOf(60);
  const builder = new MixtureBuilder(table, group.columns, group.scales);
  const stream = createRng(4);
  for (let round = 0; round < 20; round++) {
    const rows = trials.map((_, row) => row).filter(() => stream.uniform() < 0.6);
    const kept = mixtureOf(builder, rows);
    const fresh = mixtureOf(new MixtureBuilder(table, group.columns, group.scales), rows);
    const point = drawPoint(kept, group.scales, stream);
    expect(createLogDensity(kept, group.scales)(point)).toBe(createLogDensity(fresh, group.scales)(point));
  }
});

test('the density of all discrete and categorical parameters sums to 1', () => {
  const at = ['layers', 'batch', 'optimizer'].map((name) =>
    MIXED.params.findIndex((each) => each.name === name),
  );
  const columns = group.columns.filter((column) => at.includes(column));
  const scales = columns.map(
    (column) => group.scales[group.columns.indexOf(column)] as Group['scales'][number],
  );
  const mixture = mixtureOf(new MixtureBuilder(tableOf(30), columns, scales), [0, 3, 4, 9, 17, 29]);
  const density = createLogDensity(mixture, scales);
  let total = 0;
  for (const layers of [1, 3, 5, 7])
    for (const batch of [0, 1, 2, 3])
      for (const optimizer of [0, 1, 2, 3]) total += Math.exp(density([layers, batch, optimizer]));
  expect(total).toBeCloseTo(1, 10);
});

test('the density of continuous parameters integrates to 1', () => {
  const column = MIXED.params.findIndex(({ name }) => name === 'momentum');
  const scale = group.scales[group.columns.indexOf(column)] as Group['scales'][number];
  const mixture = mixtureOf(new MixtureBuilder(tableOf(30), [column], [scale]), [0, 3, 4, 9, 17, 29]);
  const density = createLogDensity(mixture, [scale]);
  const cells = 20_000;
  const width = (scale.high - scale.low) / cells;
  let total = 0;
  for (let cell = 0; cell < cells; cell++)
    total += width * Math.exp(density([scale.low + (cell + 0.5) * width]));
  expect(total).toBeCloseTo(1, 6);
});
