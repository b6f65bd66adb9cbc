import type { Detection, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { isOptunaDatabase, isOptunaJournal } from '../optuna/read-trials.ts';
import { TrialReader } from '../optuna/trial-reader.ts';

/** What a trial reported to Optuna while it ran: `study.db`, a journal file, or one trial of it as `optuna:study.db#study/7`. */
export const optuna: MetricFormat = {
  name: 'optuna',
  title: 'Optuna storage',
  detect,
  open: (member: Member, sink: Sink) => new TrialReader(member, sink),
};

function detect({ kind, path, text, tables }: Sample): Detection | undefined {
  if (kind === 'address')
    return path.toLowerCase().startsWith('optuna:') ? { confidence: 1, why: 'its address' } : undefined;
  if (isOptunaDatabase(tables)) return { confidence: 1, why: 'the tables of an Optuna storage' };
  return isOptunaJournal(text) ? { confidence: 1, why: 'the operations of an Optuna journal' } : undefined;
}
