import type { Sample } from './_contract.ts';
import type { FormatEntry } from './registry.ts';

const isTable = ({ text }: Sample): boolean => text !== null && !/^\s*[[{<]/.test(text);
const isJson = ({ text }: Sample): boolean => /^\s*[[{]/.test(text ?? '');
const isPrinted = ({ text }: Sample): boolean => text !== null;

/** Text logs of single libraries. Each is surer of its own than the readers of any table, JSON or output. */
export const TEXT_FORMATS: readonly FormatEntry[] = [
  table('lightning', async () => (await import('./formats/lightning.ts')).lightning),
  table('keras', async () => (await import('./formats/keras.ts')).keras),
  table('ultralytics', async () => (await import('./formats/ultralytics.ts')).ultralytics),
  table('timm', async () => (await import('./formats/timm.ts')).timm),
  table('fastai', async () => (await import('./formats/fastai.ts')).fastai),
  table('stable-baselines3', async () => (await import('./formats/stable-baselines3.ts')).stableBaselines3),
  json('keras-history', async () => (await import('./formats/keras-history.ts')).kerasHistory),
  json('huggingface', async () => (await import('./formats/huggingface.ts')).huggingface),
  json('detectron2', async () => (await import('./formats/detectron2.ts')).detectron2),
  json('mmengine', async () => (await import('./formats/mmengine.ts')).mmengine),
  json(
    'stable-baselines3-json',
    async () => (await import('./formats/stable-baselines3-json.ts')).stableBaselines3Json,
  ),
  json('evals-result', async () => (await import('./formats/evals-result.ts')).evalsResult),
  printed('huggingface-log', async () => (await import('./formats/huggingface-log.ts')).huggingfaceLog),
  printed(
    'stable-baselines3-log',
    async () => (await import('./formats/stable-baselines3-log.ts')).stableBaselines3Log,
  ),
  printed('xgboost', async () => (await import('./formats/xgboost.ts')).xgboost),
  printed('lightgbm', async () => (await import('./formats/lightgbm.ts')).lightgbm),
  printed('nanogpt', async () => (await import('./formats/nanogpt.ts')).nanogpt),
  {
    name: 'catboost',
    lives: ['file', 'directory'],
    suits: ({ kind, name }) => kind === 'directory' || /_error\.tsv$|^catboost_training\.json$/.test(name),
    load: async () => (await import('./formats/catboost.ts')).catboost,
  },
  {
    name: 'dvclive',
    lives: ['file', 'directory'],
    suits: ({ kind, name }) => kind === 'directory' || name.endsWith('.tsv'),
    load: async () => (await import('./formats/dvclive.ts')).dvclive,
  },
];

function table(name: string, load: FormatEntry['load']): FormatEntry {
  return { name, lives: 'file', suits: isTable, load };
}

function json(name: string, load: FormatEntry['load']): FormatEntry {
  return { name, lives: 'file', suits: isJson, load };
}

function printed(name: string, load: FormatEntry['load']): FormatEntry {
  return { name, lives: 'file', suits: isPrinted, load };
}
