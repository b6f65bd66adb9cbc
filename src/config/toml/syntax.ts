import type { ConfigSyntax } from '../_contract.ts';
import { configError } from '../errors.ts';
import { rewrite } from '../rewrite.ts';
import { asToml, parseToml } from './document.ts';
import { tomlSurgery } from './surgery.ts';

export const tomlSyntax: ConfigSyntax = {
  format: 'toml',
  extensions: ['.toml'],
  parse(text, file) {
    const document = parseToml(text, file);
    if (document.root.children.size > 0) return document;
    throw configError('CONFIG_EMPTY', 'The config holds no values.', {
      file,
      remedy: 'Name a config with values.',
    });
  },
  edit(document, edits) {
    const source = asToml(document);
    const { text, document: edited, splices } = rewrite(source, edits, tomlSurgery);
    return { text, document: edited, splices, sidecar: null };
  },
};
