import { expect, it } from 'vitest';
import { goalOf } from './goal.ts';

it.each(
  `loss val_loss eval_loss total_loss train/box_loss error error_rate merror val-merror logloss mlogloss nll perplexity eval_ppl wer
   cer mae rmse mse mean_squared_error MeanAbsoluteError mape smape fid kid bpc bits_per_byte learn_RMSE learn_MultiClass
   validation_Logloss validation_Quantile valid_0_l2 valid_0_binary_logloss poisson-nloglik gamma-deviance LPIPS abs_rel mpjpe brier
   expected_calibration_error false_positive_rate cross_entropy hinge neg_log_likelihood val/negative_log_prob nme constraint_violation
   kmeans_inertia`
    .trim()
    .split(/\s+/),
)('less of %s is better', (name) => {
  expect(goalOf(name)).toBe('min');
});

it.each(
  `acc val_accuracy auc validation_0-auc eval_f1 metrics/mAP50-95(B) bbox/AP ndcg@10 r2 psnr ssim bleu reward rollout/ep_rew_mean mIoU
   dice recall kappa spearman top5 mrr elbo explained_variance neg_mean_squared_error neg_log_loss multi_class_accuracy fairness
   validation_BalancedAccuracy`
    .trim()
    .split(/\s+/),
)('more of %s is better', (name) => {
  expect(goalOf(name)).toBe('max');
});
