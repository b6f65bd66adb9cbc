import { parseTree, type Node as JsonNode, type ParseError } from 'jsonc-parser';

const MAX_LENGTH = 400_000;
const MAX_DEPTH = 60;

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of text) {
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/** Parses JSON (comments and trailing commas allowed) into a tree; undefined where it is none or too deep. */
export function parseJsonTree(text: string): JsonNode | undefined {
  if (text.length > MAX_LENGTH || depthOf(text) > MAX_DEPTH) return undefined;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : root;
}
