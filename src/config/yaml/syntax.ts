import type { ConfigSyntax } from '../_contract.ts';
import { rewrite } from '../rewrite.ts';
import { asYaml, parseYaml } from './document.ts';
import { yamlSurgery } from './surgery.ts';

export const yamlSyntax: ConfigSyntax = {
  format: 'yaml',
  extensions: ['.yaml', '.yml'],
  parse: parseYaml,
  edit(document, edits) {
    const source = asYaml(document);
    const { text, document: edited, splices } = rewrite(source, edits, yamlSurgery);
    return { text, document: edited, splices, sidecar: null };
  },
};
