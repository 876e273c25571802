import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/{unit,property,conformance,lessons,scene}/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
          environment: 'node',
          setupFiles: ['tests/helpers/property-seed.ts', 'tests/helpers/load-plugins.ts'],
          testTimeout: 120_000,
          // One worker would leave the second core of a small machine idle.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // What a browser shows comes when it comes: a busy machine is no fault.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
