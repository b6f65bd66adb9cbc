import { detach } from './detach.ts';

/** Words that name a metric wherever they stand: a line that holds one of them and a number is about a training. */
const STRONG = wordSet(`
  loss losses acc accuracy accuracies f1 fscore fbeta fmeasure auc auroc rocauc prauc aucpr auprc aupr mauc ap map miou iou dice jaccard
  mse rmse mae mape smape wmape rmsle msle r2 ppl perplexity nll logloss crossentropy xentropy ce bce bpc bpb bpd
  wer cer eer bleu sacrebleu rouge meteor cider bertscore psnr ssim lpips fid kid kappa mcc
  ndcg mrr elbo kld kl gradnorm merror mlogloss hinge huber epe ade fde pck brier ece winrate top1 top5
`);
/** Words that name a metric, or something else: they need company. */
const WEAK = wordSet(`
  error err errors score precision recall sensitivity specificity prec rec match em hit hits hitrate corr correlation pearson
  spearman kendall return returns reward rewards rew entropy divergence top regret success cost objective fitness quality
  metric likelihood similarity distance
`);

export type Strength = 'strong' | 'weak' | 'none';

/** The same few names are asked for again and again. */
const MEMORY_LIMIT = 5000;
const memory = new Map<string, readonly string[]>();

/** Words of a name in lower case: `valLoss`, `val/loss`, `Val Loss` are all `val`, `loss`. */
export function nameWords(name: string): readonly string[] {
  const known = memory.get(name);
  if (known) return known;
  const words = name
    .replaceAll('IoU', 'iou')
    .replaceAll(/([a-z\d])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  if (memory.size >= MEMORY_LIMIT) memory.clear();
  if (name.length < 100) memory.set(detach(name), words.map(detach));
  return words;
}

/** How surely a name is that of a metric. */
export function metricStrength(name: string): Strength {
  let strength: Strength = 'none';
  for (const word of nameWords(name)) {
    const bare = word.replace(/\d+$/, '');
    if (STRONG.has(word) || STRONG.has(bare)) return 'strong';
    if (WEAK.has(word) || WEAK.has(bare)) strength = 'weak';
  }
  return strength;
}

function wordSet(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/));
}
