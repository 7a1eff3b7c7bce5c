import { defineConfig } from 'vitest/config';

/** Process pool: worker threads crash with the engine's native client. One stack for all, made in globalSetup. */
export default defineConfig({
  test: {
    pool: 'forks',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['node_modules/**', 'test/faults/**', 'test/bench/**'],
    globalSetup: ['test/support/globalSetup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
