/** Addresses of what can be read beside the tools. */
export const reportUri = (iteration: number): string => `pawl://report/${iteration}`;
export const sweepUri = (iteration: number): string => `pawl://sweep/${iteration}`;
export const plotUri = (iteration: number, plot: string): string => `pawl://plot/${iteration}/${plot}`;
export const FINAL = 'pawl://final/';
export const finalUri = (part: 'results' | 'card'): string => `${FINAL}${part}`;
