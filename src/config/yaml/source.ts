import { Composer, CST, Lexer, Parser } from 'yaml';
import type { YAMLParseError } from 'yaml';
import { oneLine } from '../comment.ts';
import { configError } from '../errors.ts';
import { lineNumber } from '../lines.ts';
import { buildTree, MAX_DEPTH } from './build.ts';
import type { BuiltTree } from './build.ts';

/** Everything is a string to the library; what scalars mean is decided in `plain.ts`, what keys may be in `build.ts`. */
const OPTIONS = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' } as const;

/** Reads the one document of a YAML text; every problem becomes an error with a line and a remedy. */
export function readSource(text: string, file: string): BuiltTree {
  refuseLoneReturns(text, file);
  try {
    const tokens = tokensOf(text, file);
    const documents = tokens.filter((token): token is CST.Document => token.type === 'document');
    checkErrors(tokens, text, file);
    const [document, second] = documents;
    if (second !== undefined) {
      throw configError('CONFIG_MULTI_DOCUMENT', 'The file holds more than one YAML document.', {
        file,
        line: lineNumber(text, second.offset),
        remedy: 'Keep one document per file: remove the `---` and what belongs to the other documents.',
      });
    }
    const empty: CST.Document = { type: 'document', offset: 0, start: [] };
    const tree = buildTree(document ?? empty, text, file);
    const end = tokens.flatMap((token) => (token.type === 'doc-end' ? (token.end ?? []) : [token]));
    for (const token of end) {
      if (token.type === 'comment') {
        tree.comments.push({ start: token.offset, end: token.offset + token.source.length });
      }
    }
    return tree;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(file, undefined, error);
  }
}

function tooDeep(file: string, line?: number, cause?: unknown): Error {
  const remedy = 'Make it flatter.';
  return configError('CONFIG_TOO_DEEP', 'The config is nested too deeply.', {
    file,
    line,
    remedy,
    cause,
  });
}

/** Deep nesting is refused on the way, before it costs memory. */
function tokensOf(text: string, file: string): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let depth = 0;
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && (lexeme === '[' || lexeme === '{')) depth++;
    if (!isScalar && (lexeme === ']' || lexeme === '}')) depth--;
    if (depth > MAX_DEPTH) throw tooDeep(file, lineNumber(text, offset));
    isScalar = lexeme === CST.SCALAR;
    if (!CONTROLS.includes(lexeme)) offset += lexeme.length;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** Signs of the lexer that are no part of the text. */
const CONTROLS: readonly string[] = [CST.DOCUMENT, CST.FLOW_END, CST.SCALAR];

function checkErrors(tokens: readonly CST.Token[], text: string, file: string): void {
  for (const document of new Composer(OPTIONS).compose(tokens)) {
    const [error] = document.errors;
    if (error !== undefined) throw syntaxError(error, text, file);
  }
}

function syntaxError(error: YAMLParseError, text: string, file: string): Error {
  const place = { file, line: lineNumber(text, error.pos[0]), cause: error };
  if (error.code === 'RESOURCE_EXHAUSTION') return tooDeep(file, place.line, error);
  if (error.code === 'TAB_AS_INDENT' || isTabIndent(text, error.pos[0])) {
    return configError('CONFIG_TABS', 'The line is indented with a tab, which YAML forbids.', {
      ...place,
      remedy: 'Indent with spaces.',
    });
  }
  const message = (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '').replace(/[.:]$/, '');
  return configError('CONFIG_SYNTAX', `The YAML cannot be read: ${oneLine(message, 200)}.`, {
    ...place,
    remedy: 'Correct the line; an editor that knows YAML shows the place.',
  });
}

function isTabIndent(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^ *\t\s*\S/.test(text.slice(start, start + 200)) && text.slice(start, offset).trim() === '';
}

/** PyYAML ends a line at a lone carriage return, YAML 1.2 readers do not. */
function refuseLoneReturns(text: string, file: string): void {
  const lone = /\r(?!\n)/.exec(text);
  if (lone === null) return;
  throw configError('CONFIG_SYNTAX', 'A carriage return stands without a line feed.', {
    file,
    line: lineNumber(text, lone.index),
    remedy: 'Save the file with LF or CRLF line ends.',
  });
}
