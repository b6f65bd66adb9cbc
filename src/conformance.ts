/**
 * The suites that every implementation of an extension point must pass, for Vitest: call one in a test file of your own.
 * Needs `vitest` and, for formats, `fast-check` beside Pawl.
 *
 * @module pawl/conformance
 */
export { testFormat, type Conformance, type Specimen } from './metrics/conformance.ts';
export { executorConformance, type ConformanceOptions } from './execution/executors/conformance.ts';
export { describeSampler, type SamplerCase } from './search/samplers/conformance.ts';
export { describePruner } from './search/pruners/conformance.ts';
