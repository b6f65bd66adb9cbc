/**
 * Why a run was ended where nothing is wrong with the command: the codes in its `failure` beside those of errors. The
 * page on errors is made from this.
 */
export const RUN_ENDS = {
  GUARD_NAN:
    'The run logged NaN or an infinite value and was stopped: it diverged, which is a result. `guards: {nan: false}` in pawl.yaml lets such runs go on.',
  RUN_FUTILE:
    'The run could not reach the baseline any more and was ended early; --no-early-kill lets it finish.',
  RUN_SETTLED_EARLY: 'The first look at one pair had settled the matter before this run was at its end.',
  RUN_NOT_NEEDED: 'The verdict was reached while the run was still under way; it counts for nothing.',
  RUN_PRUNED: 'The pruner of a sweep ended the run: it stood little chance to beat the best.',
  RUN_PAUSED: 'A sweep stopped the run at a rung; it goes on where it is promoted.',
  RUN_INTERRUPTED: 'Pawl was interrupted and ended the run with it; --resume continues.',
  SMOKE_DONE: 'A check run had logged enough, and was ended.',
  EXECUTOR_LOST: 'The executor lost the run for a reason of its own; it is started again.',
  NODE_FAILED: 'The machine that the run was on failed; it is started again elsewhere.',
} as const;

export type RunEndCode = keyof typeof RUN_ENDS;
