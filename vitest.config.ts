import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The kind of a test is its folder: test/golden, test/property and test/integration; everything else is a unit test.
// `npm test` counts them apart (scripts/tally.mjs), `npm run unit -- test/golden` runs one kind alone.
export default defineConfig({
  plugins: [react()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    // Native modules are safe in processes of their own; threads would share them.
    pool: 'forks',
    // Half of the time is waiting for servers and processes: two files at once keep two cores busy.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
})
