import type { Detection, MetricFormat, Sample } from '../_contract.ts';
import { Ahead } from '../wandb/ahead.ts';
import { RunLogReader } from '../wandb/run-log.ts';

/** `:W&B`, 0xBEE1 and a version. */
const MAGIC = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe]);
/** The transaction log that W&B keeps of every run, offline or not: `wandb/<run>/run-<id>.wandb`. */
export const wandb: MetricFormat = {
  name: 'wandb',
  title: 'W&B run log',
  detect,
  open: ({ path }, sink) => new RunLogReader(sink, (file) => Ahead.start(path, file)),
};

function detect({ head, name }: Sample): Detection | undefined {
  if (head.subarray(0, MAGIC.length).equals(MAGIC)) return { confidence: 1, why: 'it begins with :W&B' };
  return /^run-[^/\\]+\.wandb$/.test(name) ? { confidence: 0.7, why: 'its name' } : undefined;
}
