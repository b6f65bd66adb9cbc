import type { Executor } from './_contract.ts';

/** Loads and opens the executor that pawl.yaml names. */
export async function openExecutor(name: 'local'): Promise<Executor> {
  switch (name) {
    case 'local': {
      const { LocalExecutor } = await import('./executors/local.ts');
      return new LocalExecutor();
    }
  }
}
