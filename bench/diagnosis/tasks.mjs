// Diagnoses the fourth set: other tasks, libraries and log formats, trained by tasks/train.py into FOLDER (or several seeds
// into several folders). No rule and no threshold was fitted to it before the first look.
// Usage: python3 bench/diagnosis/tasks/train.py FOLDER 1 && node bench/diagnosis/tasks.mjs FOLDER…     (after npm run build)
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../dist/config/document.js';
import { diagnoseRuns } from '../../dist/diagnosis/diagnose.js';
import { readCurve } from '../../dist/metrics/read.js';

let right = 0;
let all = 0;
let unharmed = 0;
for (const folder of process.argv.slice(2).filter((argument) => argument !== '--verbose'))
  for (const name of readdirSync(folder).sort()) {
    const at = join(folder, name);
    const { log, accept, target, metric, hasConfig } = JSON.parse(
      readFileSync(join(at, 'case.json'), 'utf8'),
    );
    const curve = await readCurve(join(at, log));
    const text = readFileSync(join(at, 'config.json'), 'utf8');
    const { primary, warnings, isTargetMet } = diagnoseRuns({
      runs: [{ label: name, seed: null, curve }],
      config: hasConfig ? await parseConfig(text, 'config.json') : null,
      ...(metric === null ? {} : { metric }),
      target: target === null ? null : () => target,
    });
    const isRight = accept.includes(primary.issue);
    // A run that reaches its target in spite of the fault should be finalized.
    if (!isRight && isTargetMet === true) {
      unharmed++;
      console.log(name.padEnd(34), 'target met', primary.issue);
      continue;
    }
    all++;
    if (isRight) right++;
    console.log(
      name.padEnd(34),
      isRight ? 'right' : 'WRONG',
      primary.issue,
      primary.confidence.toFixed(2),
      isRight ? '' : `(expected ${accept.join(' or ')})`,
    );
    if (process.argv.includes('--verbose') || !isRight)
      console.log('   ', [...primary.evidence, ...warnings].join(' | ').slice(0, 600));
  }
console.log(
  `\n${right} of ${all} (${((100 * right) / all).toFixed(1)} %)${unharmed > 0 ? `; ${unharmed} met the target all the same` : ''}`,
);
