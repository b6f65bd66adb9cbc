import type { Goal } from './_contract.ts';
import { nameWords } from './words.ts';

/** Metrics of which less is better. */
const COSTS = new Set(
  `loss losses error err errors perplexity ppl wer cer ter der eer mse rmse mae mape smape wmape rmsle msle fid kid logloss bpc bpb bpd
   nll crossentropy xentropy ce bce lpips ece brier kl kld divergence distance regret crps hinge huber epe ade fde chamfer hausdorff
   rmsd merror mlogloss cost latency time seconds duration deviance residual absrel gap violations failures mistakes
   l1 l2 nloglik poisson quantile expectile fair kullback xentlambda fad fvd dcd dcf rms ate rpe mase pinball wape nmse mpjpe mcd cmmd swd
   silog mer wil nme violation inertia perp negloglik`
    .trim()
    .split(/\s+/),
);

/** Whether more or less of a metric is better, by its name. Negated costs (`neg_mean_squared_error`) are to be maximized. */
export function goalOf(name: string): Goal {
  const words = nameWords(name);
  const text = words.join(' ');
  const isCost =
    words.some((word) => COSTS.has(word) || COSTS.has(word.replace(/\d+$/, ''))) ||
    /\b(?:log loss|cross entropy|(?:false|miss) (?:positive|negative|alarm)|fpr|fnr)\b/.test(text) ||
    /\b(?:bits per (?:byte|char|character|dim|token)|miss rate|(?:abs|sq) rel|si log|(?:mean|median) rank|pair logit|lin quantile)\b/.test(
      text,
    ) ||
    /\bmulti class(?: one vs all)?$/.test(text);
  // The negative of a log likelihood is a loss under its own name.
  if (/\b(?:neg|negative) log (?:likelihood|lik|prob(?:ability)?|evidence)\b/.test(text)) return 'min';
  const isNegated =
    words.includes('neg') ||
    (words.includes('negative') && /\bnegative (?:mean|root|log loss|mse|mae)\b/.test(text));
  return isCost && !isNegated ? 'min' : 'max';
}
