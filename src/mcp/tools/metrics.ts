import { z } from 'zod';
import type { CurveDocument } from '../../metrics/curve-json.ts';
import { insidePath } from '../place.ts';
import { defineTool } from '../tool.ts';
import { name, path, versioned } from './fields.ts';

export const metrics = defineTool({
  name: 'metrics',
  title: 'Read a training log',
  description: 'Any training log (or a folder that holds one) as one normalized curve.',
  input: z.strictObject({
    file: path,
    format: name.optional().describe('where it is not recognised'),
    points: z.int().min(1).max(2000).default(100).describe('at most so many points, the newest'),
    names: z.array(name).max(100).optional().describe('only these metrics'),
  }),
  output: versioned.extend({
    format: z.string(),
    metrics: z.array(z.string()),
    points: z.array(z.looseObject({})),
    logged: z.int().describe('points in the log'),
  }),
  isReadOnly: true,
  async run(place, { file, format, points, names }) {
    const [{ curveJson }, { readCurve }] = await Promise.all([
      import('../../metrics/curve-json.ts'),
      import('../../metrics/read.ts'),
    ]);
    const document = curveJson(await readCurve(await insidePath(place, file), { format }));
    const chosen = names
      ? document.points.map((point) => only(point, names)).filter(hasValues)
      : document.points;
    return {
      document: {
        ...document,
        file,
        points: chosen.slice(-points),
        logged: document.thinnedFrom ?? document.points.length,
      },
    };
  },
});

type LoggedPoint = CurveDocument['points'][number];

function only(point: LoggedPoint, names: readonly string[]): LoggedPoint {
  const values = Object.entries(point.values).filter(([key]) => names.includes(key));
  return { ...point, values: Object.fromEntries(values) };
}

const hasValues = ({ values }: LoggedPoint): boolean => Object.keys(values).length > 0;
