import { deriveConfig, derivedPath, type DerivedSetting } from '../derived.ts';
import { evaluate } from '../python/literal.ts';
import { positionals } from '../python/calls.ts';
import { NO_ROLES } from '../start.ts';
import type { Stack } from './_contract.ts';

/** Defaults of Ultralytics (cfg/default.yaml) that reports speak of. */
const DEFAULTS: Readonly<Record<string, number | boolean | string>> = {
  epochs: 100,
  patience: 100,
  batch: 16,
  imgsz: 640,
  optimizer: 'auto',
  lr0: 0.01,
  lrf: 0.01,
  momentum: 0.937,
  weight_decay: 0.0005,
  warmup_epochs: 3,
  cos_lr: false,
  close_mosaic: 10,
  dropout: 0,
  freeze: 0,
  hsv_h: 0.015,
  hsv_s: 0.7,
  hsv_v: 0.4,
  degrees: 0,
  translate: 0.1,
  scale: 0.5,
  fliplr: 0.5,
  mosaic: 1,
  mixup: 0,
};
const FLOATS = new Set(['warmup_epochs', 'dropout', 'degrees', 'mosaic', 'mixup']);
const ASIDE =
  /^(?:model|data|project|name|exist_ok|device|workers|verbose|plots|save|seed|resume|cfg|cache|val)$/;

/** A script that calls `YOLO(…).train(…)`: it takes no arguments, but `yolo train` does the same with them. */
export const ultralytics: Stack = ({ script, folder }) => {
  const { module, flags } = script;
  if (!module.packages.has('ultralytics') || flags.length > 0 || module.argv.length > 0) return undefined;
  const call = module.calls.find(
    ({ callee, args }) =>
      callee.endsWith('.train') &&
      args.some(({ name }) => name === 'data' || name === 'epochs' || name === 'cfg'),
  );
  const made = module.calls.find(({ callee }) => callee === 'YOLO' || callee.endsWith('.YOLO'));
  const first = made && positionals(made)[0];
  const model = first && evaluate(first, module.constants);
  if (!call || typeof model !== 'string') return undefined;
  const given = new Map<string, string | number | boolean>();
  for (const { name, tokens } of call.args) {
    const value = evaluate(tokens, module.constants);
    if (
      name !== null &&
      (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    )
      given.set(name, value);
  }
  const kept = [...given].filter(([name]) => !/^(?:project|name|exist_ok|seed|model|resume)$/.test(name));
  const settings: DerivedSetting[] = Object.entries({ ...DEFAULTS, ...Object.fromEntries(given) })
    .filter(([key]) => !ASIDE.test(key))
    .map(([key, value]) => ({
      key,
      value,
      isFloat: FLOATS.has(key),
      from: given.has(key) ? `${module.path}:${call.line}` : 'default of Ultralytics',
    }));
  return {
    script: null,
    stack: 'Ultralytics',
    words: [
      'yolo',
      'train',
      `model=${model}`,
      ...kept.map(
        ([name, value]) => `${name}=${typeof value === 'boolean' ? (value ? 'True' : 'False') : value}`,
      ),
      'project={output}',
      'name=run',
      'seed={seed}',
    ],
    shell: false,
    takes: { ...NO_ROLES, output: true, seed: true },
    why: `${module.path}:${call.line} calls train() and takes no arguments; this is the same by its command`,
    configs: [],
    accepts: ['.yaml', '.yml'],
    environment: {},
    overrides: { style: 'key-value', values: 'python' },
    derived: deriveConfig(
      derivedPath(folder),
      `what ${module.path} gives train(), and defaults of Ultralytics`,
      settings,
    ),
    resume: null,
    missing: [],
    logged: ['metrics/mAP50-95(B)'],
    score: script.score,
  };
};
