import { executorConformance } from './conformance.ts';
import { LocalExecutor } from './local.ts';

executorConformance('local', { create: () => new LocalExecutor() });
