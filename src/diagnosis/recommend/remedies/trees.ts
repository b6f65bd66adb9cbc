import { THUMB, type Remedy } from '../_contract.ts';
import { numberOf } from '../../rules/settings.ts';

interface TreeStep {
  concept: string;
  fault: 'overfitting' | 'underfitting';
  rank: number;
  title: string;
  reason: string;
  step: (now: number) => number | undefined;
}

const STEPS: readonly TreeStep[] = [
  {
    concept: 'max_depth',
    fault: 'overfitting',
    rank: 1,
    title: 'Shallower trees',
    reason: 'deep trees single out few examples',
    step: (now) => (now > 4 ? Math.max(3, now - 2) : undefined),
  },
  {
    concept: 'subsample',
    fault: 'overfitting',
    rank: 2,
    title: 'Each tree on a part of the rows',
    reason: 'trees that see different rows err differently (Friedman 2002)',
    step: (now) => (now > 0.85 ? 0.8 : undefined),
  },
  {
    concept: 'colsample_bytree',
    fault: 'overfitting',
    rank: 3,
    title: 'Each tree on a part of the columns',
    reason: 'trees that see different columns err differently',
    step: (now) => (now > 0.85 ? 0.8 : undefined),
  },
  {
    concept: 'min_child_weight',
    fault: 'overfitting',
    rank: 4,
    title: 'Larger leaves',
    reason: 'a leaf of few examples is a guess',
    step: (now) => (now < 5 ? 5 : undefined),
  },
  {
    concept: 'min_data_in_leaf',
    fault: 'overfitting',
    rank: 4,
    title: 'Larger leaves',
    reason: 'a leaf of few examples is a guess',
    step: (now) => (now < 50 ? 50 : undefined),
  },
  {
    concept: 'num_leaves',
    fault: 'overfitting',
    rank: 5,
    title: 'Fewer leaves',
    reason: 'many leaves single out few examples',
    step: (now) => (now > 15 ? Math.round(now / 2) : undefined),
  },
  {
    concept: 'max_depth',
    fault: 'underfitting',
    rank: 3,
    title: 'Deeper trees',
    reason: 'shallow trees cannot tell enough apart',
    step: (now) => (now > 0 && now < 8 ? now + 2 : undefined),
  },
  {
    concept: 'n_estimators',
    fault: 'underfitting',
    rank: 4,
    title: 'More trees',
    reason: 'every tree corrects the ones before',
    step: (now) => (now > 0 ? now * 2 : undefined),
  },
];

/** Gradient-boosted trees: the same faults, other settings. */
export const TREE_REMEDIES: readonly Remedy[] = STEPS.map(
  ({ concept, fault, rank, title, reason, step }) => ({
    id: `${fault}-${concept}`,
    cures: { [fault]: rank },
    propose({ settings }) {
      const setting = settings.one(concept);
      const now = numberOf(setting?.value);
      const to = now === null ? undefined : step(now);
      if (!setting || to === undefined) return undefined;
      return {
        title,
        changes: [{ path: setting.path, to }],
        impact: rank <= 2 ? 'medium' : 'low',
        effort: 'low',
        risk: 'low',
        expected: { low: 0, high: 1, basis: THUMB },
        reason,
        refutedBy: 'validation does not rise',
      };
    },
  }),
);
