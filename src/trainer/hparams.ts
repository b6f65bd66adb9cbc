import { stringify } from 'yaml';
import type { TrainerConfig } from './schema.ts';

/**
 * The config as it was understood, as YAML. Exponents are written `1.0e-7`, since YAML 1.1 readers (PyYAML) take `1e-7`
 * for text.
 */
export function effectiveConfig(config: TrainerConfig): string {
  return stringify(config, { version: '1.1' }).replaceAll(/(?<=[:-] )(-?\d+)(e[+-]\d+)$/gmu, '$1.0$2');
}
