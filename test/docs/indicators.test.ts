import { join } from 'node:path'
import { expect, test } from 'vitest'
import { indicatorDocument } from './indicator-document.ts'

const file = join(import.meta.dirname, '..', '..', 'docs', 'indicators.md')

test('docs/indicators.md is the catalogue as it is (update it with -u)', async () => {
  await expect(indicatorDocument()).toMatchFileSnapshot(file)
})
