import { z } from 'zod';
import { insidePath } from '../place.ts';
import { defineTool } from '../tool.ts';
import { name, path } from './fields.ts';

export const diagnose = defineTool({
  name: 'diagnose',
  title: 'Diagnose a training',
  description:
    'What holds a training back, from its curves and config: the primary issue with its evidence, and 3–5 recommended changes with their basis. Without results it looks at the best config of the study so far and knows what was tried. The text is the report as Markdown; nothing is written.',
  input: z.strictObject({
    results: z
      .array(path)
      .min(1)
      .max(100)
      .optional()
      .describe('logs or folders of runs of one configuration'),
    config: path.optional(),
    metric: name.optional(),
    goal: z.enum(['max', 'min']).optional(),
    target: z.string().min(1).max(40).optional().describe('such as 80%'),
  }),
  output: z.looseObject({
    primary: z.looseObject({ issue: z.string(), confidence: z.number() }),
    secondary: z.array(z.looseObject({})),
    recommendations: z.array(z.looseObject({})),
    decision: z.string(),
  }),
  isReadOnly: true,
  async run(place, { results = [], config, metric, goal, target }) {
    const [{ diagnoseFiles }, { writeDiagnosis }, { diagnosisJson }] = await Promise.all([
      import('../../study/diagnose.ts'),
      import('../../diagnosis/write/write.ts'),
      import('../../diagnosis/write/document.ts'),
    ]);
    const files = await diagnoseFiles({
      cwd: place.cwd,
      results: await Promise.all(results.map(async (each) => insidePath(place, each))),
      config: config && (await insidePath(place, config)),
      metric,
      goal,
      target,
      project: place.project,
    });
    const { text, diagnosis } = writeDiagnosis(files.diagnosis, files.config, {
      title: files.title,
      config: files.config === null ? null : files.config.file,
      plot: null,
      next: 'pawl optimize',
      lessons: files.lessons,
    });
    const document = diagnosisJson(diagnosis, { report: null, plot: null, next: 'pawl optimize' });
    return { document: { ...document }, text };
  },
});
