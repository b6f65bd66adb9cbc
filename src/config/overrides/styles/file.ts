import type { OverrideStyle } from '../_contract.ts';

/** The config file itself brings the changes: `{config}` is the edited copy. */
export const file: OverrideStyle = {
  name: 'file',
  lists: 'whole',
  mappings: 'whole',
  lead: [],
  pass: () => ({ argv: [], environment: {} }),
};
