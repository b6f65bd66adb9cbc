import type { TrainerConfig } from './schema.ts';

type Scheduler = TrainerConfig['lr_scheduler'];

/** Learning rate in `epoch` (from 0) of `epochs`, before warm-up; it changes from epoch to epoch only. */
const SCHEDULES: Record<
  Scheduler['name'],
  (base: number, scheduler: Scheduler, epoch: number, epochs: number) => number
> = {
  none: (base) => base,
  step: (base, { gamma, step_size }, epoch) => base * gamma ** Math.floor(epoch / step_size),
  exponential: (base, { gamma }, epoch) => base * gamma ** epoch,
  /** Loshchilov & Hutter 2017, one cycle from the end of the warm-up; `min_lr` is what it would be after the last epoch. */
  cosine(base, { min_lr, warmup_epochs }, epoch, epochs) {
    const first = Math.min(Math.floor(warmup_epochs), epochs - 1);
    const share = Math.max(0, epoch - first) / (epochs - first);
    return min_lr + (base - min_lr) * 0.5 * (1 + Math.cos(Math.PI * share));
  },
};

/** Learning rate of a step: `progress` is the share of the epoch that is done with it. Warm-up rises step by step. */
export function learningRate(
  base: number,
  scheduler: Scheduler,
  epochs: number,
  epoch: number,
  progress: number,
): number {
  const { name, warmup_epochs } = scheduler;
  const warmup = warmup_epochs > 0 ? Math.min(1, (epoch + progress) / warmup_epochs) : 1;
  return SCHEDULES[name](base, scheduler, epoch, epochs) * warmup;
}
