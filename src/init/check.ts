import { parseConfig } from '../config/document.ts';
import { equalValues } from '../config/lookup.ts';
import { projectSchema } from '../project/schema.ts';
import type { DerivedConfig } from './derived.ts';
import { initError } from './errors.ts';
import type { Proposal } from './proposal.ts';

/** Proves that a rendered pawl.yaml reads back as what is proposed, and that Pawl accepts it. */
export async function checkProject(text: string, settings: Proposal['settings']): Promise<void> {
  const { value } = await parseConfig(text, 'pawl.yaml');
  if (!equalValues(value, settings)) {
    throw new Error(`the proposed pawl.yaml does not read back as intended:\n${text}`);
  }
  const result = projectSchema.safeParse(value);
  if (result.success) return;
  const [issue] = result.error.issues;
  throw initError('INIT_INVALID', `${(issue?.path ?? []).join('.')}: ${issue?.message ?? 'is not valid'}.`, {
    remedy: 'Give another value with --train, --config, --metric or --target.',
  });
}

/** Proves that a derived config reads back as the settings that it was made from. */
export async function checkDerived({ path, text, value }: DerivedConfig): Promise<void> {
  if (!equalValues((await parseConfig(text, path)).value, value))
    throw new Error(`the proposed ${path} does not read back as intended:\n${text}`);
}
