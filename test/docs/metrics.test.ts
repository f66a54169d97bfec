import { join } from 'node:path'
import { expect, test } from 'vitest'
import { metricDocument } from './metric-document.ts'

const file = join(import.meta.dirname, '..', '..', 'docs', 'metrics.md')

test('docs/metrics.md is the catalogue as it is (update it with -u)', async () => {
  await expect(metricDocument()).toMatchFileSnapshot(file)
})
