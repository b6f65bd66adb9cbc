import { normalizeName } from './concepts.ts';

const SPLIT = '(?:train(?:ing)?|val(?:id(?:ation)?)?|test|dev|eval(?:uation)?|heldout)';
const MEASURE =
  '(?:acc(?:uracy)?|loss|f1(?:score)?|auc|auroc|rocauc|prauc|auprc|map(?:50)?(?:95)?|map5095|map@?[\\d.:]*|iou|miou|dice|rmse|mse|mae|mape|logloss|r2|error(?:rate)?|err|gap|precision|recall|top[15](?:acc(?:uracy)?)?|perplexity|ppl|bleu|rouge[l12]?|wer|cer|reward|return|episodereward|meanreward|score|kappa|mcc|psnr|ssim|fid|ndcg|mrr|hit(?:rate)?|accuracies|losses|nll|bpc|elbo|successrate|em|exactmatch|gmean|balancedaccuracy)';
const METRIC = new RegExp(
  `^(?:${SPLIT})?(?:balanced|macro|micro|weighted|mean|best|final|top[15])?${MEASURE}(?:${SPLIT})?$`,
  'u',
);
const FOREIGN =
  /^(?:genauigkeit|validierungsgenauigkeit|valgenauigkeit|trainingsgenauigkeit|testgenauigkeit|précision|exactitude|exactitudval|exactitud|precisión|acurácia|perte|pérdida|verlust|准确率|验证准确率|训练准确率|测试准确率|验证集准确率|训练集准确率|精度|验证精度|验证损失|训练损失|正解率|検証精度|訓練精度|정확도|검증정확도|точность)(?:d?e?(?:la)?(?:validation|validación|val|train|test|entraînement|entrenamiento))?$/u;

/** Whether a name is that of a measured quantity (`val_acc`, `train loss`) rather than of a setting. */
export function isMetricName(name: string): boolean {
  const normalized = normalizeName(name).replace(/[/.]/gu, '');
  return METRIC.test(normalized) || FOREIGN.test(normalized);
}

const SPLITS: readonly (readonly [RegExp, string])[] = [
  [
    /\bval(?:id(?:ation|ierung\w*)?)?\b|\bvalidation\b|\bvalidierungs?\w*|\bvalidación\b|验证|検証|검증|валид\w*|\bdev\b/iu,
    'val',
  ],
  [/\btrain(?:ing(?:s\w*)?)?\b|entraînement|entrenamiento|训练|訓練|学習|훈련|обуч\w*/iu, 'train'],
  [/\btest\b|\bheld-?out\b|测试|テスト|테스트/iu, 'test'],
];
const MEASURES: readonly (readonly [RegExp, string])[] = [
  [/\bbalanced[ _-]?acc/iu, 'balanced_acc'],
  [/\bmacro[ _-]?f-?1\b/iu, 'macro_f1'],
  [/\bf-?1\b/iu, 'f1'],
  [/\btop-?5\b/iu, 'top5_acc'],
  [
    /acc(?:uracy|uracies)?\b|genauigkeit|\bprécision\b|\bexactitud\w*|precisión|acurácia|准确率|精度|正解率|정확도|точност/iu,
    'acc',
  ],
  [/\bmap\s?@?\s?(?:50[-:]95|0?\.5:0?\.95)\b|\bmAP50-95\b/iu, 'map50_95'],
  [/\bmap\s?@?\s?(?:50|0?\.5)\b/iu, 'map50'],
  [/\bmap\b/iu, 'map'],
  [/\bm-?iou\b/iu, 'miou'],
  [/\biou\b/iu, 'iou'],
  [/\bdice\b/iu, 'dice'],
  [/\brmse\b/iu, 'rmse'],
  [/\bmae\b/iu, 'mae'],
  [/\bmse\b/iu, 'mse'],
  [/\blog-?loss\b/iu, 'logloss'],
  [/\b(?:au)?roc[ -]?auc\b|\bauroc\b|\bauc\b/iu, 'auc'],
  [/\bperplexity\b|\bppl\b/iu, 'perplexity'],
  [/\bloss\b|verlust|\bperte\b|pérdida|损失|損失|손실|потер/iu, 'loss'],
  [/\bprecision\b/iu, 'precision'],
  [/\brecall\b/iu, 'recall'],
  [/\breward\b|\breturn\b/iu, 'reward'],
  [/\bbleu\b/iu, 'bleu'],
  [/\bwer\b/iu, 'wer'],
  [/\berror(?: rate)?\b|\berr\b/iu, 'error'],
  [/\bscore\b/iu, 'score'],
  [/\bgap\b|lücke|écart|brecha|差距/iu, 'gap'],
];

/** The usual short name of the metric a phrase speaks of: `val_acc` for "validation accuracy"; null where it names none. */
export function metricNameIn(phrase: string): string | null {
  const written = /\b(?:train|val|valid|test|dev|eval)[_/](?:[a-z0-9]+_?)+\b/iu.exec(phrase)?.[0];
  if (written !== undefined) return written;
  const spaced = phrase.replaceAll('_', ' ');
  const measure = MEASURES.find(([pattern]) => pattern.test(spaced))?.[1];
  if (measure === undefined) return null;
  const split = SPLITS.find(([pattern]) => pattern.test(spaced))?.[1];
  return split === undefined ? measure : `${split}_${measure}`;
}
