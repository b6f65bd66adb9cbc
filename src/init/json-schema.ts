import * as z from 'zod';
import { projectSchema } from '../project/schema.ts';

/** The JSON Schema of pawl.yaml as editors use it: what may be written, with the descriptions. */
export function projectJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(projectSchema, { io: 'input', target: 'draft-7' });
  return { $schema, title: 'pawl.yaml: the project file of Pawl', ...rest };
}
