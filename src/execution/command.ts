export { expandCommand, expandShellCommand, placeholdersOf } from './command/expand.ts';
export { parseCommand } from './command/parse.ts';
export { formatCommand, quoteForShell } from './command/quote.ts';
