import { basename, dirname, join } from 'node:path';
import type { Point } from '../_contract.ts';
import { testFormat, type Conformance, type Specimen } from '../conformance.ts';
import { point, points, recorded } from '../fixtures/recorded.ts';
import { catboost } from './catboost.ts';
import { detectron2 } from './detectron2.ts';
import { dvclive } from './dvclive.ts';
import { evalsResult } from './evals-result.ts';
import { fastai } from './fastai.ts';
import { huggingfaceLog } from './huggingface-log.ts';
import { huggingface } from './huggingface.ts';
import { kerasHistory } from './keras-history.ts';
import { keras } from './keras.ts';
import { lightgbm } from './lightgbm.ts';
import { lightning } from './lightning.ts';
import { mmengine } from './mmengine.ts';
import { nanogpt } from './nanogpt.ts';
import { stableBaselines3Json } from './stable-baselines3-json.ts';
import { stableBaselines3Log } from './stable-baselines3-log.ts';
import { stableBaselines3 } from './stable-baselines3.ts';
import { timm } from './timm.ts';
import { ultralytics } from './ultralytics.ts';
import { xgboost } from './xgboost.ts';

/** A log that the real library wrote (`fixtures/make`), with the points it holds (`fixtures/points`). */
function real(path: string): Specimen {
  const [library = ''] = path.split('/');
  const parent = basename(dirname(path));
  return {
    label: `${library}: ${basename(path)}`,
    file: join(parent, basename(path)),
    content: recorded(path),
    points: points(recorded(`points/${path.replaceAll('/', '__')}.txt`)),
  };
}

function made(label: string, file: string, content: string, ...lines: string[]): Specimen {
  return { label, file, content, points: lines.map((line): Point => point(line)) };
}

const TABLE_GARBAGE: Conformance['garbage'] = { lines: ['x', 'x,y'], isWarned: true };

testFormat({
  format: lightning,
  specimens: [real('lightning-2.0.9/version_0/metrics.csv'), real('lightning-2.0.9/version_1/metrics.csv')],
  nonFinite: made(
    'diverged',
    'version_0/metrics.csv',
    'epoch,step,train_loss\n0,9,nan\n0,19,inf\n0,29,-inf\n',
    'epoch 0 step 9: train_loss=NaN',
    'epoch 0 step 19: train_loss=Infinity',
    'epoch 0 step 29: train_loss=-Infinity',
  ),
  resumed: made(
    'the same epoch again',
    'version_0/metrics.csv',
    'epoch,step,val_loss,train_loss\n0,9,0.5,\n0,9,,0.6\n1,19,0.4,\n1,19,0.3,\n',
    'epoch 0 step 9: val_loss=0.5 train_loss=0.6',
    'epoch 1 step 19: val_loss=0.3',
  ),
  garbage: { lines: ['x'], isWarned: true },
});

testFormat({
  format: keras,
  specimens: [real('keras-3.3.3/training.log')],
  nonFinite: made(
    'diverged, with missing values',
    'training.csv',
    'epoch,loss,val_loss\n0,nan,NA\n1,inf,0.5\n2,-inf,0.4\n',
    'epoch 0: loss=NaN',
    'epoch 1: loss=Infinity val_loss=0.5',
    'epoch 2: loss=-Infinity val_loss=0.4',
  ),
  resumed: made(
    'appended',
    'training.csv',
    'epoch,loss,val_loss\n0,0.5,0.6\n1,0.4,0.5\n1,0.3,0.4\n',
    'epoch 0: loss=0.5 val_loss=0.6',
    'epoch 1: loss=0.3 val_loss=0.4',
  ),
  garbage: { lines: ['x'], isWarned: true },
});

testFormat({
  format: kerasHistory,
  specimens: [real('keras-3.3.3/history.json')],
  nonFinite: made(
    'diverged',
    'history.json',
    '{"loss": [NaN, Infinity, -Infinity], "val_loss": [0.5, 0.4, null]}',
    'epoch 1: loss=NaN val_loss=0.5',
    'epoch 2: loss=Infinity val_loss=0.4',
    'epoch 3: loss=-Infinity',
  ),
  resumed: made(
    'one fit',
    'history.json',
    '{"loss": [0.5], "val_loss": [0.6]}',
    'epoch 1: loss=0.5 val_loss=0.6',
  ),
});

testFormat({
  format: huggingface,
  specimens: [real('transformers-4.36.2/trainer_state.json')],
  nonFinite: made(
    'diverged',
    'trainer_state.json',
    '{"global_step": 3, "log_history": [{"epoch": 0.5, "loss": NaN, "step": 1}, {"epoch": 1.0, "loss": Infinity, "step": 2}, {"epoch": 1.5, "loss": -Infinity, "step": 3}]}',
    'epoch 0.5 step 1: loss=NaN',
    'epoch 1 step 2: loss=Infinity',
    'epoch 1.5 step 3: loss=-Infinity',
  ),
  resumed: made(
    'a step logged twice',
    'trainer_state.json',
    '{"global_step": 2, "log_history": [{"epoch": 1.0, "loss": 0.5, "step": 1}, {"epoch": 1.0, "eval_loss": 0.7, "step": 1}, {"epoch": 1.0, "loss": 0.4, "step": 1}]}',
    'epoch 1 step 1: loss=0.4 eval_loss=0.7',
  ),
});

testFormat({
  format: huggingfaceLog,
  specimens: [
    real('transformers-4.36.2/stdout.txt'),
    made(
      'values as strings, as since version 5; bars between',
      'train.log',
      "  0%|          | 0/24 [00:00<?, ?it/s]\r 21%|██        | 5/24 [00:00<00:01, 12.00it/s]\n{'loss': '0.6899', 'grad_norm': '0.74', 'learning_rate': '1.8e-04', 'epoch': '0.16'}\n{'eval_loss': '0.395', 'eval_accuracy': '0.81', 'epoch': '1'}\n",
      'epoch 0.16: loss=0.6899 grad_norm=0.74 learning_rate=0.00018',
      'epoch 1: eval_loss=0.395 eval_accuracy=0.81',
    ),
  ],
  nonFinite: made(
    'diverged',
    'train.log',
    "{'loss': nan, 'epoch': 0.5}\n{'loss': inf, 'epoch': 1.0}\n{'loss': '-inf', 'epoch': '1.5'}\n",
    'epoch 0.5: loss=NaN',
    'epoch 1: loss=Infinity',
    'epoch 1.5: loss=-Infinity',
  ),
  resumed: made(
    'an epoch again',
    'train.log',
    "{'loss': 0.5, 'epoch': 1.0}\n{'loss': 0.4, 'epoch': 2.0}\n{'loss': 0.3, 'epoch': 2.0}\n",
    'epoch 1: loss=0.5',
    'epoch 2: loss=0.3',
  ),
  garbage: { lines: ['Saving model checkpoint to out', "{'not': closed"], isWarned: false },
});

testFormat({
  format: ultralytics,
  specimens: [real('ultralytics-8.2.50/results.csv'), real('ultralytics-8.4.190/results.csv')],
  nonFinite: made(
    'YOLOv5, diverged',
    'results.csv',
    '               epoch,      train/box_loss,     metrics/mAP_0.5,metrics/mAP_0.5:0.95,               x/lr0\n                   0,                 nan,                   0,                   0,                0.01\n                   1,                 inf,                   0,                   0,                0.01\n                   2,                -inf,                   0,                   0,                0.01\n',
    'epoch 0: train/box_loss=NaN metrics/mAP_0.5=0 metrics/mAP_0.5:0.95=0 x/lr0=0.01',
    'epoch 1: train/box_loss=Infinity metrics/mAP_0.5=0 metrics/mAP_0.5:0.95=0 x/lr0=0.01',
    'epoch 2: train/box_loss=-Infinity metrics/mAP_0.5=0 metrics/mAP_0.5:0.95=0 x/lr0=0.01',
  ),
  resumed: made(
    'resumed; a classifier',
    'results.csv',
    'epoch,time,train/loss,metrics/accuracy_top1,val/loss,lr/pg0\n1,9.1,0.5,0.7,0.6,0.01\n2,18,0.4,0.8,0.5,0.01\n2,9.2,0.3,0.9,0.4,0.01\n',
    'epoch 1: time=9.1 train/loss=0.5 metrics/accuracy_top1=0.7 val/loss=0.6 lr/pg0=0.01',
    'epoch 2: time=9.2 train/loss=0.3 metrics/accuracy_top1=0.9 val/loss=0.4 lr/pg0=0.01',
  ),
  garbage: TABLE_GARBAGE,
});

testFormat({
  format: timm,
  specimens: [real('timm-0.9.12/summary.csv')],
  nonFinite: made(
    'diverged',
    'summary.csv',
    'epoch,train_loss,eval_top1,lr\n0,nan,1,0.1\n1,inf,2,0.1\n2,-inf,3,0.1\n',
    'epoch 0: train_loss=NaN eval_top1=1 lr=0.1',
    'epoch 1: train_loss=Infinity eval_top1=2 lr=0.1',
    'epoch 2: train_loss=-Infinity eval_top1=3 lr=0.1',
  ),
  resumed: made(
    'resumed',
    'summary.csv',
    'epoch,train_loss,eval_top1\n0,5,1\n1,4,2\n1,3,4\n',
    'epoch 0: train_loss=5 eval_top1=1',
    'epoch 1: train_loss=3 eval_top1=4',
  ),
  garbage: TABLE_GARBAGE,
});

testFormat({
  format: fastai,
  specimens: [real('fastai-2.7.13/history.csv')],
  nonFinite: made(
    'diverged',
    'history.csv',
    'epoch,train_loss,valid_loss,time\n0,nan,inf,00:10\n1,0.5,-inf,01:10\n',
    'epoch 0: train_loss=NaN valid_loss=Infinity time=10',
    'epoch 1: train_loss=0.5 valid_loss=-Infinity time=70',
  ),
  resumed: made(
    'a fit of one epoch, twice',
    'history.csv',
    'epoch,train_loss,valid_loss,time\n0,0.5,0.6,00:10\nepoch,train_loss,valid_loss,time\n0,0.4,0.5,00:11\n',
    'epoch 0: train_loss=0.5 valid_loss=0.6 time=10',
    'epoch 1: train_loss=0.4 valid_loss=0.5 time=11',
  ),
  garbage: { lines: ['x'], isWarned: true },
});

testFormat({
  format: detectron2,
  specimens: [real('detectron2-02b5c4e/metrics.json')],
  nonFinite: made(
    'diverged',
    'metrics.json',
    '{"iteration": 19, "total_loss": NaN}\n{"iteration": 39, "total_loss": Infinity}\n{"iteration": 59, "total_loss": -Infinity}\n',
    'step 19: total_loss=NaN',
    'step 39: total_loss=Infinity',
    'step 59: total_loss=-Infinity',
  ),
  resumed: made(
    'resumed',
    'metrics.json',
    '{"iteration": 19, "total_loss": 2}\n{"iteration": 39, "total_loss": 1.5}\n{"bbox/AP": 30, "iteration": 39, "total_loss": 1.25}\n',
    'step 19: total_loss=2',
    'step 39: total_loss=1.25 bbox/AP=30',
  ),
  garbage: { lines: ['garbage', '{"iteration": 1'], isWarned: true },
});

testFormat({
  format: mmengine,
  specimens: [real('mmengine-0.10.4/epochs/scalars.json'), real('mmengine-0.10.4/iterations/scalars.json')],
  nonFinite: made(
    'diverged',
    'scalars.json',
    '{"loss": NaN, "data_time": 0.1, "epoch": 1, "iter": 5, "step": 5}\n{"loss": Infinity, "data_time": 0.1, "epoch": 1, "iter": 10, "step": 10}\n{"acc": -Infinity, "data_time": 0.2, "step": 1}\n',
    'epoch 1 step 5: loss=NaN data_time=0.1',
    'epoch 1 step 10: loss=Infinity data_time=0.1 acc=-Infinity val_data_time=0.2',
  ),
  resumed: made(
    'resumed after an evaluation that is repeated; evaluations by iteration',
    'scalars.json',
    '{"loss": 0.5, "data_time": 0.1, "iter": 10, "step": 10}\n{"acc": 60, "step": 10}\n{"loss": 0.4, "data_time": 0.1, "iter": 10, "step": 10}\n{"acc": 61, "step": 10}\n',
    'step 10: loss=0.4 data_time=0.1 acc=61',
  ),
  garbage: { lines: ['garbage', '{"step": 1'], isWarned: true },
});

testFormat({
  format: stableBaselines3,
  specimens: [real('stable-baselines3-2.0.0/progress.csv')],
  nonFinite: made(
    'diverged',
    'progress.csv',
    'time/total_timesteps,train/loss,rollout/ep_rew_mean\n256,nan,20\n512,inf,21\n768,-inf,\n',
    'step 256: train/loss=NaN rollout/ep_rew_mean=20',
    'step 512: train/loss=Infinity rollout/ep_rew_mean=21',
    'step 768: train/loss=-Infinity',
  ),
  resumed: made(
    'a step again',
    'progress.csv',
    'time/total_timesteps,train/loss,rollout/ep_rew_mean\n256,0.5,20\n256,0.4,21\n',
    'step 256: train/loss=0.4 rollout/ep_rew_mean=21',
  ),
  garbage: { lines: ['x'], isWarned: true },
});

testFormat({
  format: stableBaselines3Json,
  specimens: [real('stable-baselines3-2.0.0/progress.json')],
  nonFinite: made(
    'diverged',
    'progress.json',
    '{"train/loss": NaN, "time/total_timesteps": 256}\n{"train/loss": Infinity, "time/total_timesteps": 512}\n{"train/loss": -Infinity, "time/total_timesteps": 768}\n',
    'step 256: train/loss=NaN',
    'step 512: train/loss=Infinity',
    'step 768: train/loss=-Infinity',
  ),
  resumed: made(
    'a step again',
    'progress.json',
    '{"train/loss": 0.5, "time/total_timesteps": 256}\n{"train/loss": 0.4, "time/total_timesteps": 256}\n',
    'step 256: train/loss=0.4',
  ),
  garbage: { lines: ['x'], isWarned: true },
});

const box = (step: number, ...rows: string[]): string =>
  [
    '-'.repeat(29),
    '| time/              |      |',
    `|    total_timesteps | ${step}  |`,
    ...rows,
    '-'.repeat(29),
    '',
  ].join('\n');

testFormat({
  format: stableBaselines3Log,
  specimens: [real('stable-baselines3-2.0.0/stdout.txt')],
  nonFinite: made(
    'diverged; between other lines',
    'train.log',
    `Using cpu device\n${box(256, '| train/             |      |', '|    loss            | nan  |')}Eval num_timesteps=512\n${box(512, '| train/             |      |', '|    loss            | inf  |')}${box(768, '| train/             |      |', '|    loss            | -inf |')}`,
    'step 256: train/loss=NaN',
    'step 512: train/loss=Infinity',
    'step 768: train/loss=-Infinity',
  ),
  resumed: made(
    'a step again',
    'train.log',
    box(256, '| train/             |      |', '|    loss            | 0.5  |') +
      box(256, '| train/             |      |', '|    loss            | 0.4  |'),
    'step 256: train/loss=0.4',
  ),
  garbage: { lines: ['Saving the model', '-'.repeat(30), '| not | a box |'], isWarned: false },
});

testFormat({
  format: xgboost,
  specimens: [
    real('xgboost-2.1.4/stdout.txt'),
    real('xgboost-2.1.4/cv.txt'),
    made(
      'sets of the scikit-learn interface, with a time stamp before',
      'train.log',
      '[12:30:01] WARNING: src/learner.cc:740: Parameters: { "x" } are not used.\n[0]\tvalidation_0-mlogloss:1.0\tvalidation_1-mlogloss:1.1\n[10]\tvalidation_0-mlogloss:0.5\tvalidation_1-mlogloss:0.7\n',
      'step 0: validation_0-mlogloss=1 validation_1-mlogloss=1.1',
      'step 10: validation_0-mlogloss=0.5 validation_1-mlogloss=0.7',
    ),
  ],
  nonFinite: made(
    'diverged',
    'train.log',
    '[0]\ttrain-rmse:nan\tval-rmse:1.5\n[1]\ttrain-rmse:inf\tval-rmse:1.5\n[2]\ttrain-rmse:-inf\tval-rmse:1.5\n',
    'step 0: train-rmse=NaN val-rmse=1.5',
    'step 1: train-rmse=Infinity val-rmse=1.5',
    'step 2: train-rmse=-Infinity val-rmse=1.5',
  ),
  resumed: made(
    'a round again',
    'train.log',
    '[0]\ttrain-rmse:2.5\n[1]\ttrain-rmse:2.25\n[1]\ttrain-rmse:2.125\n',
    'step 0: train-rmse=2.5',
    'step 1: train-rmse=2.125',
  ),
  garbage: { lines: ['Parameters: { scale } are not used.'], isWarned: false },
});

testFormat({
  format: lightgbm,
  specimens: [
    real('lightgbm-4.5.0/stdout.txt'),
    made(
      'under a prefix; cross validation',
      'train.log',
      "[LightGBM] [Info] [1]\tcv_agg's rmse: 2.5 + 0.25\n[LightGBM] [Info] [2]\tcv_agg's rmse: 2.25 + 0.125\n",
      'step 1: cv_agg_rmse=2.5',
      'step 2: cv_agg_rmse=2.25',
    ),
    made(
      'the best round said at the end, though not printed before',
      'train.log',
      "[1]\ttrain's auc: 0.5\n[100]\ttrain's auc: 0.75\nDid not meet early stopping. Best iteration is:\n[90]\ttrain's auc: 0.875\n",
      'step 1: train_auc=0.5',
      'step 100: train_auc=0.75',
      'step 90: train_auc=0.875',
    ),
    made(
      'the command line',
      'train.log',
      '[LightGBM] [Info] Iteration:1, training auc : 0.5\n[LightGBM] [Info] Iteration:1, valid_1 auc : 0.25\n',
      'step 1: training_auc=0.5 valid_1_auc=0.25',
    ),
  ],
  nonFinite: made(
    'diverged',
    'train.log',
    "[1]\tvalid_0's l2: nan\n[2]\tvalid_0's l2: inf\n[3]\tvalid_0's l2: -inf\n",
    'step 1: valid_0_l2=NaN',
    'step 2: valid_0_l2=Infinity',
    'step 3: valid_0_l2=-Infinity',
  ),
  resumed: made(
    'a round again',
    'train.log',
    "[1]\tvalid_0's auc: 0.5\n[2]\tvalid_0's auc: 0.625\n[2]\tvalid_0's auc: 0.75\n",
    'step 1: valid_0_auc=0.5',
    'step 2: valid_0_auc=0.75',
  ),
  garbage: { lines: ['[LightGBM] [Warning] Stopped training'], isWarned: false },
});

testFormat({
  format: evalsResult,
  specimens: [
    real('xgboost-2.1.4/evals_result.json'),
    real('xgboost-2.1.4/sklearn_evals_result.json'),
    real('lightgbm-4.5.0/evals.json'),
  ],
  nonFinite: made(
    'diverged',
    'evals.json',
    '{"train": {"rmse": [NaN, Infinity, -Infinity]}, "val": {"rmse": [1, 2, 3]}}',
    'epoch 1: train/rmse=NaN val/rmse=1',
    'epoch 2: train/rmse=Infinity val/rmse=2',
    'epoch 3: train/rmse=-Infinity val/rmse=3',
  ),
  resumed: made(
    'one training',
    'evals.json',
    '{"train": {"rmse": [1]}, "val": {"rmse": [2]}}',
    'epoch 1: train/rmse=1 val/rmse=2',
  ),
});

testFormat({
  format: catboost,
  specimens: [
    real('catboost-1.2.7/catboost_info/learn_error.tsv'),
    real('catboost-1.2.7/catboost_info/test_error.tsv'),
    real('catboost-1.2.7/catboost_info/catboost_training.json'),
  ],
  nonFinite: made(
    'diverged; the second of several test sets',
    'test1_error.tsv',
    'iter\tRMSE\n0\tnan\n1\tinf\n2\t-inf\n',
    'step 0: validation_1_RMSE=NaN',
    'step 1: validation_1_RMSE=Infinity',
    'step 2: validation_1_RMSE=-Infinity',
  ),
  resumed: made(
    'from a snapshot',
    'test1_error.tsv',
    'iter\tRMSE\n0\t2\n1\t1.5\n1\t1.25\n',
    'step 0: validation_1_RMSE=2',
    'step 1: validation_1_RMSE=1.25',
  ),
});

const loss = (text: string): [string, string] => ['plots/metrics/val/loss.tsv', text];

testFormat({
  format: dvclive,
  specimens: [
    made(
      'a nested metric',
      ...loss('step\tloss\n0\t0.5\n1\t0.25\n'),
      'step 0: val/loss=0.5',
      'step 1: val/loss=0.25',
    ),
    made(
      'with time stamps',
      ...loss('timestamp\tstep\tloss\n1700000000000\t0\t0.5\n1700000001000\t1\t0.25\n'),
      'step 0: val/loss=0.5',
      'step 1: val/loss=0.25',
    ),
  ],
  nonFinite: made(
    'diverged',
    ...loss('step\tloss\n0\tnan\n1\tinf\n2\t-inf\n'),
    'step 0: val/loss=NaN',
    'step 1: val/loss=Infinity',
    'step 2: val/loss=-Infinity',
  ),
  resumed: made(
    'resumed',
    ...loss('step\tloss\n0\t0.5\n1\t0.25\n1\t0.125\n'),
    'step 0: val/loss=0.5',
    'step 1: val/loss=0.125',
  ),
  garbage: { lines: ['x'], isWarned: true },
});

testFormat({
  format: nanogpt,
  specimens: [real('nanogpt-3adf61e/stdout.txt')],
  nonFinite: made(
    'diverged',
    'train.log',
    'step 0: train loss 4.5, val loss nan\niter 0: loss inf, time 100.00ms, mfu -100.00%\niter 10: loss -inf, time 50.00ms, mfu 3.01%\n',
    'step 0: train_loss=4.5 val_loss=NaN loss=Infinity time=0.1',
    'step 10: loss=-Infinity time=0.05',
  ),
  resumed: made(
    'resumed',
    'train.log',
    'step 0: train loss 4.5, val loss 4.25\nstep 250: train loss 2.5, val loss 2.75\nstep 250: train loss 2.25, val loss 2.5\n',
    'step 0: train_loss=4.5 val_loss=4.25',
    'step 250: train_loss=2.25 val_loss=2.5',
  ),
  garbage: { lines: ['saving checkpoint to out'], isWarned: false },
});
