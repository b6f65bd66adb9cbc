import type { Sample } from './_contract.ts';
import type { FormatEntry } from './registry.ts';

/** Text logs of single libraries. Each is surer of its own than the readers of any table, JSON or output. */
export const TEXT_FORMATS: readonly FormatEntry[] = [
  table(
    'lightning',
    /^[^\n]*\bstep\b/,
    async () => (await import('./formats/lightning.ts')).lightning,
    /metrics\.csv$/,
  ),
  table('keras', /^"?epoch"?[,;\t]/, async () => (await import('./formats/keras.ts')).keras),
  table(
    'ultralytics',
    /^\s*epoch,.*train\//,
    async () => (await import('./formats/ultralytics.ts')).ultralytics,
  ),
  table('timm', /^epoch,/, async () => (await import('./formats/timm.ts')).timm, /^summary\.csv$/),
  table('fastai', /^epoch,train_loss,valid_loss,/, async () => (await import('./formats/fastai.ts')).fastai),
  table(
    'stable-baselines3',
    /^[^\n]*\btime\/total_timesteps/,
    async () => (await import('./formats/stable-baselines3.ts')).stableBaselines3,
  ),
  json('keras-history', /"val_/, async () => (await import('./formats/keras-history.ts')).kerasHistory),
  json('huggingface', /"log_history"/, async () => (await import('./formats/huggingface.ts')).huggingface),
  json('detectron2', /"iteration"/, async () => (await import('./formats/detectron2.ts')).detectron2),
  json('mmengine', /"data_time"/, async () => (await import('./formats/mmengine.ts')).mmengine),
  json(
    'stable-baselines3-json',
    /"time\/total_timesteps"/,
    async () => (await import('./formats/stable-baselines3-json.ts')).stableBaselines3Json,
  ),
  json(
    'evals-result',
    /^\s*\{\s*"[^"]*"\s*:\s*\{/,
    async () => (await import('./formats/evals-result.ts')).evalsResult,
  ),
  printed(
    'huggingface-log',
    /\{'[\w.]+': .*'epoch': /,
    async () => (await import('./formats/huggingface-log.ts')).huggingfaceLog,
  ),
  printed(
    'stable-baselines3-log',
    /\| +total_timesteps/,
    async () => (await import('./formats/stable-baselines3-log.ts')).stableBaselines3Log,
  ),
  printed('xgboost', /\[\d+\]\t/, async () => (await import('./formats/xgboost.ts')).xgboost),
  printed('lightgbm', /\[\d+\]\t|\[LightGBM\]/, async () => (await import('./formats/lightgbm.ts')).lightgbm),
  printed('nanogpt', /^(?:step|iter) \d+: /m, async () => (await import('./formats/nanogpt.ts')).nanogpt),
  {
    name: 'catboost',
    lives: ['file', 'directory'],
    suits: ({ kind, name }) => kind === 'directory' || /_error\.tsv$|^catboost_training\.json$/.test(name),
    load: async () => (await import('./formats/catboost.ts')).catboost,
  },
  {
    name: 'burn',
    lives: 'directory',
    suits: ({ listing }) => listing.some((path) => /epoch-\d+[/\\][^/\\]+\.log$/.test(path)),
    load: async () => (await import('./formats/burn.ts')).burn,
  },
  {
    name: 'epoch-files',
    lives: 'directory',
    suits: ({ listing }) => listing.some((path) => /(?:epoch|step|iter)[_-]?\d+\.json$/i.test(path)),
    load: async () => (await import('./formats/epoch-files.ts')).epochFiles,
  },
  {
    name: 'dvclive',
    lives: ['file', 'directory'],
    suits: ({ kind, name }) => kind === 'directory' || name.endsWith('.tsv'),
    load: async () => (await import('./formats/dvclive.ts')).dvclive,
  },
];

/** `sign`: what the text must hold, so that most formats are not even loaded. */
function table(name: string, sign: RegExp, load: FormatEntry['load'], file = /./): FormatEntry {
  const suits = (sample: Sample): boolean => file.test(sample.name) && sign.test(sample.text ?? '');
  return { name, lives: 'file', suits, load };
}

function json(name: string, sign: RegExp, load: FormatEntry['load']): FormatEntry {
  const suits = ({ text }: Sample): boolean => text !== null && /^\s*[[{]/.test(text) && sign.test(text);
  return { name, lives: 'file', suits, load };
}

function printed(name: string, sign: RegExp, load: FormatEntry['load']): FormatEntry {
  return { name, lives: 'file', suits: ({ text }) => text !== null && sign.test(text), load };
}
