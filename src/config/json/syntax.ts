import type { ConfigSyntax } from '../_contract.ts';
import { rewrite } from '../rewrite.ts';
import { writeSidecar } from '../sidecar.ts';
import { asJson, parseJson } from './document.ts';
import { jsonSurgery } from './surgery.ts';

export const jsonSyntax: ConfigSyntax = {
  format: 'json',
  extensions: ['.json', '.jsonc'],
  parse: parseJson,
  edit(document, edits) {
    const source = asJson(document);
    const { text, document: edited, splices, applied } = rewrite(source, edits, jsonSurgery);
    const sidecar = source.hasComments ? null : writeSidecar(source.file, applied);
    return { text, document: edited, splices, sidecar };
  },
};
