import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The kind of a test is its folder: test/golden, test/property and test/integration; everything else is a unit test.
// `npm test` counts them apart (scripts/tally.mjs), `npm run unit -- test/golden` runs one kind alone.
const exclude = ['test/e2e/**', 'test/bench/**']

export default defineConfig({
  plugins: [react()],
  test: {
    exclude,
    // Native modules are safe in processes of their own; threads would share them.
    pool: 'forks',
    // Half of the time is waiting for servers and processes: two files at once keep two cores busy.
    maxWorkers: 2,
    testTimeout: 30_000,
    projects: [
      {
        // What starts threads, servers and processes, or shares the stores of a window, gets a process of its own for each file.
        extends: true,
        test: { name: 'apart', include: ['test/integration/**/*.test.ts', 'test/renderer/**/*.test.{ts,tsx}'] },
      },
      {
        // The rest keeps nothing between files, so that modules are loaded once.
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...exclude, 'test/integration/**', 'test/renderer/**'],
          isolate: false,
        },
      },
    ],
  },
})
