import type { TokenKind } from '../text/tokens.ts';

/*
 * Words that turn the reading of a window.
 */

/** "the rate goes 0.1 to 0.3": these verbs carry a value by themselves. */
export const MOVES_ITSELF = /^(?:passe|passent|passer|passa|pasa|goes|moves|changes)$/u;
export const NOW = /^(?:now|jetzt|maintenant|ahora|agora|adesso|теперь|现在|今は)$/u;
export const DROPS = /^drop(?:s|ping)?$/u;
export const GOES = /^(?:goes|go|going|moves?|taken?)$/u;
export const LASTS = /^(?:for|over|during|für|über|pendant|durante)$/u;
/** "Nesterov on", "AMP: off, it hides the overflow". */
export const ON_OFF = /^(?:on|off|an|aus)$/u;
export const WITH = /^(?:with|mit|avec|con|met|с)$/u;

export function ends(kind: TokenKind | undefined): boolean {
  return kind === undefined || kind === 'comma' || kind === 'close' || kind === 'open' || kind === 'dash';
}
