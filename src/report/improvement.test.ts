import { expect, test } from 'vitest';
import { describeImprovement } from './improvement.ts';
import { figuresOf } from './number.ts';

const percent = figuresOf('percent', [78.9, 83.1], [4.2]);
const loss = figuresOf('other', [0.52, 0.41], [0.11]);

test.each([
  [4.2, 5.3, 'max', percent, '+4.2 pp m (+5.3% relative)'],
  [-4.2, -5.3, 'max', percent, '-4.2 pp m (-5.3% relative)'],
  [4.2, null, 'max', percent, '+4.2 pp m'],
  [0.11, 21.2, 'min', loss, '0.11 lower m (21.2% relative)'],
  [-0.11, -21.2, 'min', loss, 'none: 0.11 higher m (21.2% relative)'],
  [0, 0, 'min', loss, 'none: m is unchanged'],
  [Number.NaN, null, 'max', percent, 'not measured (NaN)'],
] as const)('%s, %s, %s', (absolute, relative, goal, figures, text) => {
  expect(describeImprovement({ absolute, relative }, { goal }, 'm', figures)).toBe(
    text.replace('0.11', figures === loss ? loss.magnitude(0.11) : '0.11'),
  );
});
