import { defineConfig } from 'vitest/config';

/** The browser tests: the built page in the system's Chromium. One at a time, because each computes on every core. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tests/e2e/**/*.test.ts'],
    setupFiles: ['tests/e2e/policy-reports.ts'],
    globalSetup: ['tests/e2e/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000
  }
});
