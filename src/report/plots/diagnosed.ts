import type { CurveDiagnosis, DiagnosedRun } from '../../diagnosis/diagnose.ts';
import { figuresOf } from '../number.ts';
import { drawCurves } from './comparison.ts';
import type { CurvesPlot } from './curves.ts';
import type { Drawing } from './draw.ts';

/** The learning curves that a diagnosis was made from. */
export function drawDiagnosed(
  diagnosis: CurveDiagnosis,
  runs: readonly DiagnosedRun[],
  title: string,
): Promise<Drawing> {
  const { names, target, primary } = diagnosis;
  const shown = names.metric ?? names.train ?? names.trainLoss ?? '';
  const values = diagnosis.runs.map(({ best }) => best?.value ?? null);
  const figures = figuresOf(names.scale, values);
  const known = values.filter((value) => value !== null);
  const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  const plot: CurvesPlot = {
    title: `${shown}: ${title}`,
    subtitle: `diagnosis: ${primary.issue.replaceAll('-', ' ')}`,
    metric: {
      name: shown,
      train: names.metric === null ? null : names.train,
      trainLoss: names.trainLoss,
      valLoss: names.valLoss,
      scale: names.scale,
    },
    target: target === null ? null : { value: target, text: `target ${figures.setpoint(target)}` },
    trials: [
      {
        role: 'baseline',
        legend: mean === null ? 'baseline' : `baseline ${figures.value(mean)}`,
        runs: runs.map(({ label, curve }, index) => {
          const signals = diagnosis.runs[index];
          const best = signals?.best ?? null;
          return {
            id: label,
            points: curve.points,
            isWhole: signals?.broken === null,
            best: best === null ? null : { ...best, text: figures.value(best.value) },
            end: signals?.broken
              ? `${signals.broken.name} not finite at epoch ${signals.broken.epoch}`
              : null,
          };
        }),
      },
    ],
  };
  return drawCurves(plot);
}
