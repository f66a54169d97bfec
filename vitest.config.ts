import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/**
 * One project per kind of test, so that `npm test` can count them apart and a developer can run one alone
 * (`npm run unit -- --project=golden`). End-to-end tests (Playwright) and benchmarks are not vitest's.
 */
const PROJECTS: Record<string, string[]> = {
  unit: ['**/*'],
  golden: ['golden/**/*'],
  property: ['property/**/*'],
  integration: ['integration/**/*'],
}

const OTHER = ['test/e2e/**', 'test/bench/**', 'test/helpers/**']
const isSpecial = Object.values(PROJECTS)
  .flat()
  .filter((glob) => glob !== '**/*')

export default defineConfig({
  plugins: [react()],
  test: {
    pool: 'forks',
    coverage: { provider: 'v8', include: ['core/**'], reporter: ['text-summary', 'json'] },
    projects: Object.entries(PROJECTS).map(([name, globs]) => ({
      extends: true as const,
      test: {
        name,
        include: globs.map((glob) => `test/${glob}.test.{ts,tsx}`),
        exclude: [...OTHER, ...(name === 'unit' ? isSpecial.map((glob) => `test/${glob}`) : [])],
        testTimeout: name === 'unit' || name === 'property' ? 20_000 : 60_000,
      },
    })),
  },
})
