import { describeConfigSyntax } from '../conformance.ts';
import { tomlSyntax } from './syntax.ts';

describeConfigSyntax(tomlSyntax, {
  file: 'config.toml',
  lrLine: 11,
  comment: '# ',
  text: `# The baseline.
seed = 42

[model]
name = "resnet18"  # backbone
dropout = 0.50
layers = [64, 128]
"odd.key" = true

[optimizer]
lr = 0.1
betas = [0.9, 0.999]
schedule = { gamma = 1, name = "step" }

[[transforms]]
name = "Crop"
size = 32

[[transforms]]
name = "Flip"
`,
});

describeConfigSyntax(tomlSyntax, {
  file: 'config.toml',
  lrLine: 11,
  comment: '# ',
  text: `seed = 42
transforms = [{ name = "Crop", size = 32 }, { name = "Flip" }]
model.name = 'resnet18'
model.dropout = 0.50
model.layers = [
    64, # first
    128,
]
model."odd.key" = true
[optimizer]
lr = 0.1
betas = [0.9, 0.999]
schedule.gamma = 1
schedule.name = "step"
`,
});
