import { defineConfig } from '@playwright/test'

// Tests start Electron themselves (test/helpers); nothing here downloads a browser. `npm run e2e` supplies the display.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.{spec,test}.ts',
  outputDir: 'out/e2e',
  globalSetup: './test/e2e/first-home.ts',
  timeout: 90_000,
  // Each starts a window of its own with a data folder of its own; two keep two cores busy.
  workers: 2,
  // Web-first assertions return as soon as they hold; the limit is for a machine that is busy with other things.
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
})
