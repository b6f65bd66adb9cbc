import type { ConfigDocument } from '../../config/_contract.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';

/** A setting that a trainer takes, writes down and then does not use, because of another setting. */
export interface IgnoringRule {
  trainer: string;
  /** Whether the record is one of this trainer. */
  fits: (config: ConfigMapping) => boolean;
  /** The settings that do nothing. */
  ignored: readonly string[];
  /** The setting that makes it so. */
  because: string;
  applies: (value: ConfigValue | undefined, config: ConfigMapping) => boolean;
  explain: string;
  remedy: string;
}

const isUltralytics = (config: ConfigMapping): boolean =>
  'task' in config && 'mode' in config && 'lr0' in config && 'close_mosaic' in config;
const isTransformers = (config: ConfigMapping): boolean =>
  'per_device_train_batch_size' in config && 'num_train_epochs' in config;
const isTimm = (config: ConfigMapping): boolean => 'lr_base' in config && 'lr_base_size' in config;
const isPositive = (value: ConfigValue | undefined): boolean => typeof value === 'number' && value > 0;

const RULES: readonly IgnoringRule[] = [
  {
    trainer: 'Ultralytics',
    fits: isUltralytics,
    ignored: ['lr0', 'momentum', 'warmup_bias_lr'],
    because: 'optimizer',
    applies: (value) => typeof value === 'string' && value.toLowerCase() === 'auto',
    explain: 'chooses optimizer, lr0 and momentum itself and ignores what is asked for',
    remedy: 'set optimizer (SGD, AdamW, …) as well',
  },
  {
    trainer: 'Ultralytics',
    fits: isUltralytics,
    ignored: ['dropout', 'auto_augment', 'erasing'],
    because: 'task',
    applies: (value) => value !== 'classify',
    explain: 'uses it for the task classify only',
    remedy: 'leave it out',
  },
  {
    trainer: 'the Hugging Face Trainer',
    fits: isTransformers,
    ignored: ['num_train_epochs'],
    because: 'max_steps',
    applies: isPositive,
    explain: 'trains for max_steps, whatever num_train_epochs says',
    remedy: 'change max_steps, or set it to -1',
  },
  {
    trainer: 'the Hugging Face Trainer',
    fits: isTransformers,
    ignored: ['warmup_ratio'],
    because: 'warmup_steps',
    applies: isPositive,
    explain: 'warms up for warmup_steps, whatever warmup_ratio says',
    remedy: 'change warmup_steps, or set it to 0',
  },
  {
    trainer: 'timm',
    fits: isTimm,
    ignored: ['lr_base', 'lr_base_size', 'lr_base_scale'],
    because: 'lr',
    applies: isPositive,
    explain: 'derives the learning rate from lr_base only where lr is not set',
    remedy: 'change lr',
  },
];

/** The rule by which the trainer of a record ignores `key`; undefined where none is known. */
export function ignoringRule(document: ConfigDocument, key: string): IgnoringRule | undefined {
  const config = document.value;
  return RULES.find(
    (rule) => rule.ignored.includes(key) && rule.fits(config) && rule.applies(config[rule.because], config),
  );
}
