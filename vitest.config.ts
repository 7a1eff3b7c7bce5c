import { defineConfig } from 'vitest/config';

const shared = {
  pool: 'forks',
  testTimeout: 180_000,
  hookTimeout: 120_000,
  setupFiles: ['test/support/chance.ts'],
};

/**
 * Process pool: worker threads crash with the engine's native client. `core` needs nothing but the code;
 * `service` runs on one real stack for all its files, made in globalSetup.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'core', include: ['test/{domain,papers,config}/**/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'service',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/{domain,papers,config}/**', 'test/{faults,bench}/**', 'node_modules/**'],
          globalSetup: ['test/support/globalSetup.ts'],
        },
      },
    ],
  },
});
