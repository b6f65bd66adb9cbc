import { knownOutput } from '../stdout/known.ts';

/** What Hugging Face's Trainer prints: Python dictionaries whose values are numbers, or, from version 5 on, strings. */
export const huggingfaceLog = knownOutput({
  name: 'huggingface-log',
  title: 'printed dictionaries of Hugging Face Trainer',
  epochs: 'elapsed',
  pattern:
    /\{'(?:loss|eval_\w+|train_runtime)': '?[-\d.naif]+'?, (?:'[\w.\-/@]+': '?[-+\d.enaif]+'?, )*'epoch': '?[\d.]+'?\}/,
  why: "dictionaries that end in 'epoch'",
});
