import { describeConfigSyntax } from '../conformance.ts';
import { jsonSyntax } from './syntax.ts';

describeConfigSyntax(jsonSyntax, {
  file: 'config.json',
  lrLine: 10,
  comment: undefined,
  text: `{
  "seed": 42,
  "model": {
    "name": "resnet18",
    "dropout": 0.50,
    "layers": [64, 128],
    "odd.key": true
  },
  "optimizer": {
    "lr": 0.1,
    "betas": [0.9, 0.999],
    "schedule": {"gamma": 1, "name": "step"}
  },
  "transforms": [
    {"name": "Crop", "size": 32},
    {"name": "Flip"}
  ]
}
`,
});

describeConfigSyntax(jsonSyntax, {
  file: 'config.jsonc',
  lrLine: 14,
  comment: '// ',
  text: `// The baseline.
{
\t"seed": 42, // the answer
\t"model": {
\t\t"name": "resnet18",
\t\t"dropout": 0.50,
\t\t"layers": [
\t\t\t64,
\t\t\t128,
\t\t],
\t\t"odd.key": true
\t},
\t"optimizer": {
\t\t"lr": 0.1,
\t\t"betas": [0.9, 0.999],
\t\t/* the schedule */
\t\t"schedule": {
\t\t\t"gamma": 1,
\t\t\t"name": "step"
\t\t},
\t},
\t"transforms": [
\t\t{ "name": "Crop", "size": 32 },
\t\t{ "name": "Flip" }
\t]
}
`,
});
