import type { Cause } from '../cause.ts';

/** What goes wrong in the training itself. */
export const trainingCauses: readonly Cause[] = [
  {
    code: 'TRAINING_DIVERGED',
    pattern:
      /Loss is (?:nan|inf)\w*,? stopping|loss (?:became|is|was|went|turned)(?: to)? (?:infinite or )?(?:nan|inf(?:inite|inity)?)\b|(?:nan|inf)\w* (?:loss|losses) (?:detected|encountered|found|during)|(?:loss|gradients?|grad_norm|predictions?|outputs?) (?:contains?|has|have|with|are|is) (?:nan|inf|non-?finite)|Loss scale already at minimum|Current loss scale already at minimum|Minimum loss scale reached|FloatingPointError|detected (?:nan|inf) |non-?finite (?:loss|gradient)|The loss returned in `\w+` is (?:nan|inf)/iu,
    remedy: 'Lower the learning rate, clip gradients, or look for NaN in the data.',
  },
  {
    code: 'TRAINING_CHECKPOINT_REFUSED',
    pattern:
      /Error\(s\) in loading state_dict|size mismatch for \S+: copying a param|Missing key\(s\) in state_dict|Unexpected key\(s\) in state_dict|loaded state dict (?:has|contains)|Failed finding central directory|Weights only load failed|invalid load key|(?:layer|variable) count mismatch|architecture mismatch|Expected \d+ (?:layers|variables), but/iu,
    remedy: 'The checkpoint does not fit the model of this configuration (or is damaged): start without it.',
  },
  {
    code: 'TRAINING_EXCEPTION',
    pattern: /got an unexpected keyword argument '(\w+)'/u,
    remedy:
      "Nothing takes a parameter called '$1': check its spelling in the configuration and the version of the library.",
  },
];
