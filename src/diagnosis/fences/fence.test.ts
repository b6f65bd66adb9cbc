import { expect, it } from 'vitest';
import { formatPath } from '../../config/path.ts';
import { fenceKind, readFence } from './fence.ts';

function linesOf(text: string) {
  return text.split('\n').map((line, index) => ({ text: line, line: index + 1 }));
}

/** Entries as `path=value@line`, marks and hints behind. */
function entriesOf(info: string, text: string): string[] {
  return readFence(info, linesOf(text)).entries.map(({ path, relation, line, mark, hint }) => {
    const value = relation.kind === 'set' ? JSON.stringify(relation.to.value) : relation.kind;
    const from = relation.kind === 'set' && relation.from ? `(${JSON.stringify(relation.from.value)})` : '';
    return [`${formatPath(path)}=${value}${from}@${line}`, mark, hint]
      .filter((part) => part !== null)
      .join(' ');
  });
}

it.each<[string, string, string, string[]]>([
  [
    'nested YAML',
    'yaml',
    'model:\n  dropout: 0.4  # NEW: why\n  name: x',
    ['model.dropout=0.4@2 new', 'model.name="x"@3'],
  ],
  [
    'flat keys',
    'yaml',
    'model.dropout: 0.4\noptimizer.lr: 1e-4',
    ['model.dropout=0.4@1', 'optimizer.lr=0.0001@2'],
  ],
  ['old values in comments', 'yaml', 'lr: 0.1  # was 0.2', ['lr=0.1(0.2)@1 changed']],
  ['unchanged lines', 'yaml', 'lr: 0.1  # unchanged', ['lr=0.1@1 keep']],
  ['lists', 'yaml', 'transforms:\n  - crop\n  - flip\nlr: 1', ['transforms=["crop","flip"]@1', 'lr=1@4']],
  ['flow over lines', 'yaml', 'betas: [0.9,\n  0.98]', ['betas=[0.9,0.98]@1']],
  [
    'before and after in comments',
    'yaml',
    '# Before\nlr: 0.2\n# After\nlr: 0.1',
    ['lr=0.2@2 current', 'lr=0.1@4'],
  ],
  ['arrows', '', 'lr: 0.2 -> 0.1', ['lr=0.1(0.2)@1']],
  ['JSON', 'json', '{"a": {"b": 1, // NEW\n "c": [1, 2]}}', ['a.b=1@1 new', 'a.c=[1,2]@2']],
  ['JSON cut short', 'json', '{\n  "a": {\n    "b": 1,\n    ...\n', ['a.b=1@3']],
  ['TOML', 'toml', '[optimizer]\nlr = 1e-3 # CHANGED', ['optimizer.lr=0.001@2 changed']],
  [
    'Python assignments',
    'python',
    'config["model"]["dropout"] = 0.4\ncfg.optimizer.lr = 1e-3',
    ['model.dropout=0.4@1', 'optimizer.lr=0.001@2'],
  ],
  [
    'Python dictionaries',
    'python',
    'config = {\n  "model": {\n    "dropout": 0.4,\n  },\n}',
    ['model.dropout=0.4@3'],
  ],
  ['keyword arguments', 'python', 'opt = AdamW(model.parameters(), lr=3e-4)', ['lr=0.0003@1']],
  ['positional arguments are code', 'python', 'nn.Dropout(0.5)', []],
  [
    'shell flags',
    'bash',
    'python train.py --config a.yaml --lr 0.1 --use-amp \\\n  --wd=1e-4 model.x=2',
    ['lr=0.1@1', 'amp=toggle@1', 'wd=0.0001@2', 'model.x=2@2'],
  ],
  [
    'diffs',
    'diff',
    ' optimizer:\n-  lr: 0.2\n+  lr: 0.1\n+  wd: 1e-4',
    ['optimizer.lr=0.1(0.2)@3', 'optimizer.wd=0.0001@4'],
  ],
  ['removals', 'diff', ' optimizer:\n-  clip: 1\n   lr: 0.1', ['optimizer.clip=remove@2 removed']],
  ['logs', '', 'Epoch 1 loss 0.4 acc 0.8\nEpoch 2 loss 0.3 acc 0.9', []],
  ['placeholders', 'yaml', 'lr: <your value>\nwd: ...', []],
  ['anchors and aliases', 'yaml', 'a: &x 1\nb: *x', ['a=1@1']],
])('reads %s', (_, info, text, entries) => {
  expect(entriesOf(info, text)).toEqual(entries);
});

it.each([
  ['diff', 'lr: 1', 'diff'],
  ['', '+ lr: 1\n- lr: 2', 'diff'],
  ['', '- a\n- b', 'config'],
  ['', '$ python train.py', 'shell'],
  ['', 'import torch\nx = 1', 'program'],
  ['mermaid', 'graph TD', 'none'],
  ['', '{"a": 1}', 'json'],
])('a block %j %j is %s', (info, text, kind) => {
  expect(fenceKind(info, linesOf(text))).toBe(kind);
});
