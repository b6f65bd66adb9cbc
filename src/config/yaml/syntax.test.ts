import { describeConfigSyntax } from '../conformance.ts';
import { yamlSyntax } from './syntax.ts';

describeConfigSyntax(yamlSyntax, {
  file: 'config.yaml',
  lrLine: 8,
  comment: '# ',
  text: `# The baseline.
seed: 42
model:
  name: resnet18   # backbone
  dropout: 0.50    # none
  layers: [64, 128]
  odd.key: true
optimizer: {lr: 0.1, betas: [0.9, 0.999], schedule: {gamma: 1, name: step}}

transforms:
  - name: Crop
    size: 32
  - {name: Flip}
`,
});

describeConfigSyntax(yamlSyntax, {
  file: 'config.yml',
  lrLine: 12,
  comment: '# ',
  text: `---
seed: 42
model:
    name: 'resnet18'
    dropout: 0.50
    layers:
    - 64
    - 128
    "odd.key": true

optimizer:
    lr: 0.1
    betas:
    - 0.9
    - 0.999
    schedule:
        gamma: 1
        name: "step"

transforms: [
    {name: Crop, size: 32},  # first
    {
      name: Flip,
    },
]
...
`,
});
