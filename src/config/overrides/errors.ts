import { defineErrors } from '../../errors.ts';
import { formatPath } from '../path.ts';
import type { Override } from './_contract.ts';

export const overrideError = defineErrors({
  OVERRIDE_NOT_EXPRESSIBLE: {
    exit: 2,
    about:
      'A change cannot be handed to the training exactly as it is meant in the way that `overrides:` names. Leave the change out with --without, or let the script read a config file (`overrides: file`).',
  },
  OVERRIDE_FLAG_UNKNOWN: {
    exit: 2,
    about:
      'The script declares no flag for a changed setting, or one that cannot take the value. Name the flag under `overrides.names` in pawl.yaml.',
  },
});

/** Refuses an override with the reason. */
export function refuse({ path, kind }: Pick<Override, 'path' | 'kind'>, style: string, why: string): Error {
  return overrideError(
    'OVERRIDE_NOT_EXPRESSIBLE',
    `${formatPath(path)} cannot be ${kind === 'removed' ? 'removed' : 'set'} by ${style} arguments: ${why}.`,
    {
      remedy: `Leave it out with \`--without ${formatPath(path)}\`, or let the script read a config file and set \`overrides: file\`.`,
    },
  );
}
