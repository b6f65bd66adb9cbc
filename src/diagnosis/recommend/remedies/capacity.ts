import { THUMB, type Remedy } from '../_contract.ts';
import { capacitiesOf } from '../../rules/signals/capacity.ts';
import { powerOfTwo } from '../nice.ts';

const ENOUGH = 64;

export const largerModel: Remedy = {
  id: 'larger-model',
  cures: { underfitting: 3 },
  propose({ settings, burdens, fit }) {
    const [capacity, ...others] = capacitiesOf(settings);
    if (!capacity || others.length > 0 || capacity.isTree) return undefined;
    const narrow = Math.min(...capacity.widths);
    if ((burdens[0]?.strength ?? 0) > 0.3 && narrow > 32) return undefined;
    const factor = fit.poor > 0.9 && narrow < 32 ? 16 : fit.poor > 0.5 ? 4 : 2;
    const grow = (width: number): number =>
      narrow < 32
        ? width < 32
          ? Math.min(128, Math.max(ENOUGH, powerOfTwo(width * factor)))
          : width
        : width * 2;
    const widths = capacity.widths.map(grow);
    if (widths.every((width, i) => width === capacity.widths[i])) return undefined;
    return {
      title: 'A larger model',
      changes: [
        {
          path: capacity.setting.path,
          to: Array.isArray(capacity.setting.value) ? widths : (widths[0] as number),
        },
      ],
      impact: narrow < 32 ? 'high' : 'medium',
      effort: 'low',
      risk: 'medium; more memory and time, and the gap may widen',
      expected: { low: 0, high: narrow < 32 ? 20 : 3, basis: THUMB },
      reason:
        narrow < 32
          ? `a layer of ${narrow} units cannot tell enough apart`
          : 'both sides stay under the target: with more units the training data can be fitted better',
      refutedBy: 'the training side does not rise',
    };
  },
};
