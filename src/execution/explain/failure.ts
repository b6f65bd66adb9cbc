import type { FailureCode } from '../errors.ts';

/** Why a training failed. */
export interface Failure {
  code: FailureCode;
  /** One line. */
  message: string;
  remedy: string;
}
