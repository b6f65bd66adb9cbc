/** Id of the trial of a search's configuration: `candidate-12`, in later iterations `candidate-2-12`. */
export function candidateId(iteration: number, number: number): string {
  return iteration === 1 ? `candidate-${number}` : `candidate-${iteration}-${number}`;
}
