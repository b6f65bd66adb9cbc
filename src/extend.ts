/**
 * The contracts of the extension points, and what Pawl's own implementations of them are built with.
 *
 * @module pawl/extend
 */
export type {
  Detection,
  DocumentReader,
  EpochBase,
  Member,
  MetricFormat,
  MetricReader,
  PolledReader,
  Sample,
  Sink,
  StreamReader,
  Warning,
} from './metrics/_contract.ts';
export { registerFormat, type FormatEntry } from './metrics/registry.ts';
export { Utf8Input } from './metrics/encoding.ts';
export { LINE_LIMIT, LineBlocks, type LineTarget } from './metrics/lines.ts';

export type {
  Executor,
  ResourceUse,
  RunEnd,
  RunHandle,
  RunLimits,
  RunOutcome,
  RunSpec,
  RunTicket,
} from './execution/_contract.ts';
export { LocalExecutor } from './execution/executors/local.ts';

export type {
  History,
  Job,
  Judgement,
  JudgeRequest,
  Pruner,
  PrunerSetup,
  Report,
  Sampler,
  SamplerKind,
  SearchSetup,
  Trial,
  TrialRun,
  TrialState,
} from './search/_contract.ts';
export type { Condition, Domain, Param, Params, Space } from './search/space.ts';
export { assemble } from './search/space/active.ts';
export { fromUnit } from './search/space/domain.ts';
export { studyStream, trialStream } from './search/stream.ts';
