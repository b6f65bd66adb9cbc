export { expandCommand, expandShellCommand, placeholdersOf } from './command/expand.ts';
export { parseCommand } from './command/parse.ts';
export { formatCommand } from './command/quote.ts';
