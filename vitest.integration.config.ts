import { defineConfig } from 'vitest/config';

/** Real programs, real files, real processes. Needs `npm run build` first; Python parts need torch, sklearn, yaml. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/extending/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
