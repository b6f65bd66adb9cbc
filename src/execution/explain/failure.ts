/** Why a training failed. */
export interface Failure {
  code: string;
  /** One line. */
  message: string;
  remedy: string;
}
