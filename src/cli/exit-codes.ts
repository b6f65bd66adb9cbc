/** What the exit code of a command says. */
export const EXIT_CODES: readonly { code: number; about: string }[] = [
  { code: 0, about: 'done, whatever was decided' },
  { code: 1, about: 'internal error' },
  { code: 2, about: 'bad input or usage' },
  { code: 3, about: 'a gate blocked; what is missing is listed' },
  { code: 4, about: 'a training failed' },
  { code: 130, about: 'interrupted; --resume continues' },
];

/** With --exit-code the decision is told to scripts. */
export const DECISION_CODES = { finalize: 0, iterate: 10, rediagnose: 11, accept: 12 } as const;
